using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class PatternErrorTests
{
    [Theory]
    [InlineData(null, nameof(SubjectErrorCode.Empty), 0, 0, "The subject is empty. Write at least one token, such as 'orders'.")]
    [InlineData("", nameof(SubjectErrorCode.Empty), 0, 0, "The subject is empty. Write at least one token, such as 'orders'.")]
    [InlineData(".a", nameof(SubjectErrorCode.LeadingDot), 0, 0,
        "Subject '.a' starts with a dot. Remove it or write the token that belongs before it.")]
    [InlineData(".", nameof(SubjectErrorCode.LeadingDot), 0, 0,
        "Subject '.' starts with a dot. Remove it or write the token that belongs before it.")]
    [InlineData("a.", nameof(SubjectErrorCode.TrailingDot), 2, 0,
        "Subject 'a.' ends with a dot. Remove it or write the token that belongs after it.")]
    [InlineData("a.*.", nameof(SubjectErrorCode.TrailingDot), 4, 0,
        "Subject 'a.*.' ends with a dot. Remove it or write the token that belongs after it.")]
    [InlineData("a..b", nameof(SubjectErrorCode.EmptyToken), 2, 0,
        "Subject 'a..b' has an empty token at position 2. Remove one of the two dots or write the token that belongs between them.")]
    [InlineData("a.b...c", nameof(SubjectErrorCode.EmptyToken), 4, 0,
        "Subject 'a.b...c' has an empty token at position 4. Remove one of the two dots or write the token that belongs between them.")]
    public void TryParse_MissingToken_PointsAtWhereItShouldBe(string? text, string code, int position, int length, string message) =>
        ShouldFail(text, code, position, length, message);

    [Theory]
    [InlineData("a.b c", nameof(SubjectErrorCode.WhiteSpace), 3, 1,
        "Subject 'a.b c' contains white space (U+0020) at position 3. Remove it, or separate tokens by dots.")]
    [InlineData(" a", nameof(SubjectErrorCode.WhiteSpace), 0, 1,
        "Subject ' a' contains white space (U+0020) at position 0. Remove it, or separate tokens by dots.")]
    [InlineData("a.b\n", nameof(SubjectErrorCode.WhiteSpace), 3, 1,
        "Subject 'a.b\\u000A' contains white space (U+000A) at position 3. Remove it, or separate tokens by dots.")]
    [InlineData("a\u00a0b", nameof(SubjectErrorCode.WhiteSpace), 1, 1,
        "Subject 'a\\u00A0b' contains white space (U+00A0) at position 1. Remove it, or separate tokens by dots.")]
    [InlineData("a.{ id}", nameof(SubjectErrorCode.WhiteSpace), 3, 1,
        "Subject 'a.{ id}' contains white space (U+0020) at position 3. Remove it, or separate tokens by dots.")]
    [InlineData("a.b\0", nameof(SubjectErrorCode.ControlCharacter), 3, 1,
        "Subject 'a.b\\u0000' contains the control character U+0000 at position 3. Remove it.")]
    [InlineData("a\u007fb", nameof(SubjectErrorCode.ControlCharacter), 1, 1,
        "Subject 'a\\u007Fb' contains the control character U+007F at position 1. Remove it.")]
    public void TryParse_ForbiddenCharacter_PointsAtItAndShowsIt(string text, string code, int position, int length, string message) =>
        ShouldFail(text, code, position, length, message);

    [Theory]
    [InlineData("a.>.b", nameof(SubjectErrorCode.RestNotLast), 2, 1,
        "Subject 'a.>.b' goes on after the '>' at position 2. Use '*' to take one token, or end the subject with '>'.")]
    [InlineData(">.>", nameof(SubjectErrorCode.RestNotLast), 0, 1,
        "Subject '>.>' goes on after the '>' at position 0. Use '*' to take one token, or end the subject with '>'.")]
    [InlineData("orders.cre*", nameof(SubjectErrorCode.PartialWildcard), 10, 1,
        "Subject 'orders.cre*' has '*' inside the token 'cre*', where it is not a wildcard for the server. Make '*' a token of its own, or remove it.")]
    [InlineData("a.*x.b", nameof(SubjectErrorCode.PartialWildcard), 2, 1,
        "Subject 'a.*x.b' has '*' inside the token '*x', where it is not a wildcard for the server. Make '*' a token of its own, or remove it.")]
    [InlineData("**", nameof(SubjectErrorCode.PartialWildcard), 0, 1,
        "Subject '**' has '*' inside the token '**', where it is not a wildcard for the server. Make '*' a token of its own, or remove it.")]
    [InlineData("orders>", nameof(SubjectErrorCode.PartialWildcard), 6, 1,
        "Subject 'orders>' has '>' inside the token 'orders>', where it is not a wildcard for the server. Make '>' a token of its own, or remove it.")]
    public void TryParse_MisplacedWildcard_PointsAtIt(string text, string code, int position, int length, string message) =>
        ShouldFail(text, code, position, length, message);

    [Theory]
    [InlineData("a.{id", nameof(SubjectErrorCode.UnbalancedBrace), 2, 1,
        "Subject 'a.{id' has a '{' without its counterpart at position 2. Write a parameter as a whole token, such as '{id}', or remove the brace.")]
    [InlineData("a.id}", nameof(SubjectErrorCode.UnbalancedBrace), 4, 1,
        "Subject 'a.id}' has a '}' without its counterpart at position 4. Write a parameter as a whole token, such as '{id}', or remove the brace.")]
    [InlineData("}id{", nameof(SubjectErrorCode.UnbalancedBrace), 0, 1,
        "Subject '}id{' has a '}' without its counterpart at position 0. Write a parameter as a whole token, such as '{id}', or remove the brace.")]
    [InlineData("{a.b}", nameof(SubjectErrorCode.UnbalancedBrace), 0, 1,
        "Subject '{a.b}' has a '{' without its counterpart at position 0. Write a parameter as a whole token, such as '{id}', or remove the brace.")]
    [InlineData("a.x{id}", nameof(SubjectErrorCode.PartialParameter), 3, 4,
        "Subject 'a.x{id}' has the parameter '{id}' inside the token 'x{id}'. " +
        "Make the parameter a token of its own: the server cannot match parts of tokens.")]
    [InlineData("a.{id}x", nameof(SubjectErrorCode.PartialParameter), 2, 4,
        "Subject 'a.{id}x' has the parameter '{id}' inside the token '{id}x'. " +
        "Make the parameter a token of its own: the server cannot match parts of tokens.")]
    [InlineData("{a}{b}", nameof(SubjectErrorCode.PartialParameter), 0, 3,
        "Subject '{a}{b}' has the parameter '{a}' inside the token '{a}{b}'. " +
        "Make the parameter a token of its own: the server cannot match parts of tokens.")]
    [InlineData("a.{}", nameof(SubjectErrorCode.InvalidParameterName), 2, 2,
        "Subject 'a.{}' has a parameter without a name at position 2. Write a name, such as '{id}', or '*' if it needs none.")]
    [InlineData("a.{order-id}", nameof(SubjectErrorCode.InvalidParameterName), 8, 1,
        "Subject 'a.{order-id}' has the parameter name 'order-id', which '-' keeps from being a C# identifier. " +
        "Use letters, digits and '_', and do not start with a digit.")]
    [InlineData("{1st}", nameof(SubjectErrorCode.InvalidParameterName), 1, 1,
        "Subject '{1st}' has the parameter name '1st', which '1' keeps from being a C# identifier. " +
        "Use letters, digits and '_', and do not start with a digit.")]
    [InlineData("{*}", nameof(SubjectErrorCode.InvalidParameterName), 1, 1,
        "Subject '{*}' has the parameter name '*', which '*' keeps from being a C# identifier. " +
        "Use letters, digits and '_', and do not start with a digit.")]
    [InlineData("{a\U0001F600}", nameof(SubjectErrorCode.InvalidParameterName), 2, 2,
        "Subject '{a\U0001F600}' has the parameter name 'a\U0001F600', which '\U0001F600' keeps from being a C# identifier. " +
        "Use letters, digits and '_', and do not start with a digit.")]
    [InlineData("{id}.x.{id}", nameof(SubjectErrorCode.DuplicateParameterName), 8, 2,
        "Subject '{id}.x.{id}' names two parameters 'id'. Give each parameter a name of its own.")]
    public void TryParse_BadParameter_PointsAtIt(string text, string code, int position, int length, string message) =>
        ShouldFail(text, code, position, length, message);

    /// <summary>Not a theory: attributes are stored as UTF-8 and cannot hold such a text either.</summary>
    [Fact]
    public void TryParse_HalfOfASurrogatePair_IsRefused()
    {
        ShouldFail("a.\ud83d", nameof(SubjectErrorCode.UnpairedSurrogate), 2, 1,
            "Subject 'a.\\uD83D' contains U+D83D, one half of a character, at position 2. Remove it or write the whole character.");
        ShouldFail("a.\ude00b", nameof(SubjectErrorCode.UnpairedSurrogate), 2, 1,
            "Subject 'a.\\uDE00b' contains U+DE00, one half of a character, at position 2. Remove it or write the whole character.");
        ShouldFail("\ude00\ud83d", nameof(SubjectErrorCode.UnpairedSurrogate), 0, 1,
            "Subject '\\uDE00\\uD83D' contains U+DE00, one half of a character, at position 0. Remove it or write the whole character.");
    }

    [Theory]
    [InlineData("a..b c", nameof(SubjectErrorCode.EmptyToken))]
    [InlineData("a b..c", nameof(SubjectErrorCode.WhiteSpace))]
    [InlineData("x*.{id", nameof(SubjectErrorCode.PartialWildcard))]
    public void TryParse_SeveralMistakes_ReportsTheFirst(string text, string code)
    {
        SubjectPattern.TryParse(text, out _, out var error).ShouldBeFalse();
        error.Code.ToString().ShouldBe(code);
    }

    [Fact]
    public void Parse_Mistake_ThrowsWithTheMessageOfTheError()
    {
        SubjectPattern.TryParse("a..b", out var pattern, out var error).ShouldBeFalse();
        pattern.ShouldBeNull();
        Should.Throw<FormatException>(() => SubjectPattern.Parse("a..b")).Message.ShouldBe(error.Message);
    }

    private static void ShouldFail(string? text, string code, int position, int length, string message)
    {
        SubjectPattern.TryParse(text, out var pattern, out var error).ShouldBeFalse();
        pattern.ShouldBeNull();
        error.Message.ShouldBe(message);
        error.Code.ToString().ShouldBe(code);
        error.Position.ShouldBe(position);
        error.Length.ShouldBe(length);
    }
}
