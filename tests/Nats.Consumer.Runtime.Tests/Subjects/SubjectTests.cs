using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class SubjectTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("orders.created")]
    [InlineData("$JS.API.INFO")]
    [InlineData("größe.日本.\U0001F600")]
    [InlineData("a.{}")]
    [InlineData("a.{order-id}")]
    [InlineData("a.x{id}")]
    public void TryValidate_ConcreteSubject_Succeeds(string subject)
    {
        Subject.TryValidate(subject, out var error).ShouldBeTrue();
        error.ShouldBeNull();
    }

    [Theory]
    [InlineData("orders.*", nameof(SubjectErrorCode.WildcardInSubject), 7, 1,
        "Subject 'orders.*' has '*' at position 7, but a message needs one concrete subject. " +
        "Write a token in its place: the server would take '*' literally.")]
    [InlineData(">", nameof(SubjectErrorCode.WildcardInSubject), 0, 1,
        "Subject '>' has '>' at position 0, but a message needs one concrete subject. " +
        "Write a token in its place: the server would take '>' literally.")]
    [InlineData("a.{id}.b", nameof(SubjectErrorCode.WildcardInSubject), 2, 4,
        "Subject 'a.{id}.b' has '{id}' at position 2, but a message needs one concrete subject. " +
        "Put the value in its place: the server would take '{id}' literally.")]
    [InlineData("a.cre*", nameof(SubjectErrorCode.PartialWildcard), 5, 1,
        "Subject 'a.cre*' has '*' inside the token 'cre*', where it is not a wildcard for the server. Make '*' a token of its own, or remove it.")]
    public void TryValidate_Wildcard_PointsAtIt(string subject, string code, int position, int length, string message)
    {
        Subject.TryValidate(subject, out var error).ShouldBeFalse();
        error.Message.ShouldBe(message);
        error.Code.ToString().ShouldBe(code);
        error.Position.ShouldBe(position);
        error.Length.ShouldBe(length);
    }

    [Theory]
    [InlineData("", nameof(SubjectErrorCode.Empty), 0)]
    [InlineData(".a", nameof(SubjectErrorCode.LeadingDot), 0)]
    [InlineData("a.", nameof(SubjectErrorCode.TrailingDot), 2)]
    [InlineData("a..b", nameof(SubjectErrorCode.EmptyToken), 2)]
    [InlineData("a b", nameof(SubjectErrorCode.WhiteSpace), 1)]
    [InlineData("a.b\r\n", nameof(SubjectErrorCode.WhiteSpace), 3)]
    [InlineData("a.\u0001", nameof(SubjectErrorCode.ControlCharacter), 2)]
    public void TryValidate_Malformed_PointsAtTheMistake(string subject, string code, int position)
    {
        Subject.TryValidate(subject, out var error).ShouldBeFalse();
        error.Code.ToString().ShouldBe(code);
        error.Position.ShouldBe(position);
    }
}
