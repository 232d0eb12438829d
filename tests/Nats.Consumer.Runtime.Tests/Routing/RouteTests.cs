namespace Nats.Consumer.Tests.Routing;

public class RouteTests
{
    [Theory]
    [InlineData("orders.{id}.shipped.{day}", "orders.42.shipped.mon", "id", "42")]
    [InlineData("orders.{id}.shipped.{day}", "orders.42.shipped.mon", "day", "mon")]
    [InlineData("{a}.>", "größe.b.c", "a", "größe")]
    [InlineData("{a}.{b}", "x.日本", "b", "日本")]
    public void Token_KnownName_IsWhatStandsThere(string pattern, string subject, string name, string expected) =>
        Routes.Of(pattern).Token(System.Text.Encoding.UTF8.GetBytes(subject), name).ShouldBe(expected);

    [Theory]
    [InlineData("other")]
    [InlineData("ID")]
    [InlineData("")]
    public void Token_UnknownName_IsNull(string name) => Routes.Of("orders.{id}").Token("orders.42"u8, name).ShouldBeNull();
}
