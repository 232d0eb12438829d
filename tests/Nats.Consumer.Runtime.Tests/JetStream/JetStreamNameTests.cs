using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.JetStream;

public class JetStreamNameTests
{
    [Theory]
    [InlineData(null, "The stream name is empty.")]
    [InlineData("", "The stream name is empty.")]
    [InlineData("a.b", "The stream name 'a.b' has a dot at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    [InlineData("a b", "The stream name 'a b' has a space at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    [InlineData("ab>", "The stream name 'ab>' has '>' at position 2, which stream names cannot have. Use letters, digits, '-' and '_', as in 'ab-'.")]
    [InlineData("*", "The stream name '*' has '*' at position 0, which stream names cannot have. Use letters, digits, '-' and '_', as in '-'.")]
    [InlineData("a/b", "The stream name 'a/b' has '/' at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    [InlineData("a\\b", "The stream name 'a\\b' has '\\' at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    [InlineData("a\tb", "The stream name 'a\\u0009b' has a control character at position 1, which stream names cannot have. Use letters, digits, '-' and '_', as in 'a-b'.")]
    public void ThrowIfInvalid_BadName_SaysWhereAndWhat(string? name, string message) =>
        Should.Throw<ArgumentException>(() => JetStreamName.ThrowIfInvalid(name, "stream")).Message.ShouldBe(message);

    [Fact]
    public void ThrowIfInvalid_EveryControlCharacter_IsRefused()
    {
        foreach (char c in Enumerable.Range(0, 32).Append(127).Select(c => (char)c))
            Should.Throw<ArgumentException>(() => JetStreamName.ThrowIfInvalid($"a{c}b", "durable")).Message.ShouldContain("has a control character at position 1");
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("ORDERS_2-x")]
    [InlineData("größe")]
    [InlineData("a:b|c<d?$")]
    public void ThrowIfInvalid_GoodName_DoesNothing(string name) => Should.NotThrow(() => JetStreamName.ThrowIfInvalid(name, "stream"));

    [Fact]
    public void ThrowIfInvalid_Length_CountsBytes()
    {
        Should.NotThrow(() => JetStreamName.ThrowIfInvalid(new string('a', 255), "durable"));
        Should.Throw<ArgumentException>(() => JetStreamName.ThrowIfInvalid(new string('a', 256), "durable")).Message
            .ShouldBe($"The durable name '{new string('a', 40)}…' has more than 255 bytes.");
        Should.Throw<ArgumentException>(() => JetStreamName.ThrowIfInvalid(new string('ß', 128), "durable"));
    }
}
