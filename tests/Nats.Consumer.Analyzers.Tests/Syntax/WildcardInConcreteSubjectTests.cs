using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Syntax;

public class WildcardInConcreteSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0003");

    [Theory]
    [InlineData("\"orders.[|*|]\"")]
    [InlineData("\"orders.[|>|]\"")]
    [InlineData("\"orders.[|{id}|].shipped\"")]
    public Task PublishToWildcard_Triggers(string subject) => Rule.Reports(Code.Publish(subject));

    [Theory]
    [InlineData("\"orders.created\"")]
    [InlineData("$\"orders.{id}\"")]
    public Task PublishToSubject_DoesNotTrigger(string subject) => Rule.Reports(Code.Publish(subject));

    [Fact]
    public Task Pattern_DoesNotTrigger() => Rule.Reports(Code.Handle("\"orders.*.{id}.>\""));

    [Fact]
    public Task WrapperOfTheUser_Triggers() => Rule.Says(
        "Subject 'orders.*' has '*' at position 7, but a message needs one concrete subject. Write a token in its place: the server would take '*' literally.",
        """
        public class Bus
        {
            public void Send([StringSyntax("NatsSubject")] string subject) => Send("orders.[|*|]");
        }
        """);
}
