using Nats.Consumer.Streams;

namespace Nats.Consumer.Tests.Streams;

public class StreamRulesTests
{
    [Theory]
    [InlineData("a.b", "a", "The stream name 'a.b' has a dot at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    [InlineData("orders", "orders..x", "Stream 'orders': Subject 'orders..x' has an empty token at position 7. Remove one of the two dots or write the token that belongs between them.")]
    [InlineData("orders", "orders.> orders.x", "Stream 'orders' captures 'orders.>' and 'orders.x', which overlap; the server refuses that (10052). State each subject once.")]
    [InlineData("orders", "a.* *.b", "Stream 'orders' captures 'a.*' and '*.b', which overlap; the server refuses that (10052). State each subject once.")]
    [InlineData("orders", "a.{x} a.{y}", "Stream 'orders' captures 'a.*' and 'a.*', which overlap; the server refuses that (10052). State each subject once.")]
    [InlineData("orders", "", "Stream 'orders' captures no subject. Name what it captures, or leave Subjects out: then the server takes the stream's name.")]
    public void CreateOrUpdate_CannotWork_SaysWhy(string name, string subjects, string message)
    {
        var config = new StreamConfig(name) { Subjects = subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        Should.Throw<ArgumentException>(() => StreamOperation.CreateOrUpdate(config)).Message.ShouldBe(message);
        Should.Throw<ArgumentException>(() => StreamOperation.Create(config)).Message.ShouldBe(message);
    }

    [Fact]
    public void Create_CanWork_KeepsTheConfiguration()
    {
        var config = new StreamConfig("orders") { Subjects = ["orders.>", "payments.*", "größe"] };
        ((ConfiguredStream)StreamOperation.Create(config)).Config.ShouldBeSameAs(config);
        Should.NotThrow(() => StreamOperation.CreateOrUpdate(new StreamConfig("orders")));
        Should.Throw<ArgumentNullException>(() => StreamOperation.Create(null!));
    }
}
