using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class PatternParseTests
{
    [Theory]
    [InlineData("orders", "orders", "Literal:orders")]
    [InlineData("orders.{orderId}.shipped", "orders.*.shipped", "Literal:orders Any:orderId Literal:shipped")]
    [InlineData("orders.*.>", "orders.*.>", "Literal:orders Any: Rest:")]
    [InlineData(">", ">", "Rest:")]
    [InlineData("*", "*", "Any:")]
    [InlineData("{event}", "*", "Any:event")]
    [InlineData("{_a1}.{größe}.{_}", "*.*.*", "Any:_a1 Any:größe Any:_")]
    [InlineData("{id}.{Id}", "*.*", "Any:id Any:Id")]
    [InlineData("$JS.API.pre-order_1.@#/\\%&", "$JS.API.pre-order_1.@#/\\%&", "Literal:$JS Literal:API Literal:pre-order_1 Literal:@#/\\%&")]
    [InlineData("größe.日本.\U0001F600", "größe.日本.\U0001F600", "Literal:größe Literal:日本 Literal:\U0001F600")]
    public void Parse_Pattern_GivesTextWireAndTokens(string text, string wire, string tokens)
    {
        var pattern = SubjectPattern.Parse(text);

        pattern.Text.ShouldBe(text);
        pattern.ToString().ShouldBe(text);
        pattern.Wire.ShouldBe(wire);
        string.Join(" ", pattern.Tokens.Select(Describe)).ShouldBe(tokens);
    }

    [Theory]
    [InlineData("a.b", true, false, 2)]
    [InlineData("a.*", false, false, 2)]
    [InlineData("a.{id}", false, false, 2)]
    [InlineData("a.>", false, true, 1)]
    [InlineData(">", false, true, 0)]
    public void Parse_Pattern_KnowsItsShape(string text, bool literal, bool rest, int fixedLength)
    {
        var pattern = SubjectPattern.Parse(text);

        pattern.IsLiteral.ShouldBe(literal);
        pattern.HasRest.ShouldBe(rest);
        pattern.FixedLength.ShouldBe(fixedLength);
    }

    [Fact]
    public void Equals_SameWireForm_IgnoresParameterNames()
    {
        var named = SubjectPattern.Parse("a.{id}");
        var star = SubjectPattern.Parse("a.*");

        named.ShouldBe(star);
        named.GetHashCode().ShouldBe(star.GetHashCode());
        SubjectPattern.MostSpecificFirst.Compare(named, star).ShouldBe(0);
    }

    [Theory]
    [InlineData("a.b", "A.b")]
    [InlineData("a.*", "a.>")]
    [InlineData("a", "a.>")]
    public void Equals_OtherWireForm_IsFalse(string left, string right) => SubjectPattern.Parse(left).ShouldNotBe(SubjectPattern.Parse(right));

    [Fact]
    public void Equals_NullAndOtherTypes_IsFalse()
    {
        SubjectPattern.Parse("a").Equals(null).ShouldBeFalse();
        SubjectPattern.Parse("a").Equals((object)"a").ShouldBeFalse();
    }

    private static string Describe(SubjectToken token) => $"{token.Kind}:{(token.Kind == SubjectTokenKind.Literal ? token.Text : token.Parameter)}";
}
