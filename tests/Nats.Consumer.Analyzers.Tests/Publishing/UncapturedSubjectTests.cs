using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Publishing;

public class UncapturedSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0801");

    [Fact]
    public Task NearMiss_Triggers() => Rule.Says(
        "No stream captures 'order.created', so nothing stores the message and the publish fails: stream 'orders' captures orders.> only. Correct the subject, or add it to the stream.",
        Code.Stream("[\"orders.>\"]"), Code.Publish("[|\"order.created\"|]"));

    [Theory]
    [InlineData("\"orders.created\"")]
    [InlineData("\"payments.made\"")]
    [InlineData("\"orders..\"")] // NATS0001
    [InlineData("\"orders.*\"")] // NATS0003
    [InlineData("$\"order.{id}\"")]
    public Task CapturedOrElsewhereOrUnknown_DoesNotTrigger(string subject) => Rule.Reports(Code.Stream("[\"orders.>\"]"), Code.Publish(subject));

    [Theory]
    [InlineData("[\"orders.>\", Environment.MachineName]")]
    [InlineData("null")]
    public Task UnknownStream_DoesNotTrigger(string subjects) => Rule.Reports(Code.Stream(subjects), Code.Publish("\"order.created\""));

    [Fact]
    public Task NoStream_DoesNotTrigger() => Rule.Reports(Code.Publish("\"order.created\""));

    [Fact]
    public Task TestProject_DoesNotTrigger() => Rule.InTests().Reports(Code.Stream("[\"orders.>\"]"), Code.Publish("\"order.created\""));

    [Fact]
    public Task SubjectOfAWrapper_DoesNotTrigger() => Rule.Reports(
        Code.Stream("[\"orders.>\"]"), "public static class Core { public static void Publish([StringSyntax(\"NatsSubject\")] string subject) => Publish(\"order.created\"); }");

    [Fact]
    public Task ListedStreams_MakeEveryMissTrigger() => Rule.With("nats_toolkit.captured_subjects = payments.>, audit").Says(
        "No stream captures 'users.created', so nothing stores the message and the publish fails: neither one of the project nor nats_toolkit.captured_subjects has it. Correct the subject, or add it to the stream.",
        Code.Stream("[\"orders.>\"]"), Code.Publish("[|\"users.created\"|]"));

    [Theory]
    [InlineData("\"payments.made\"")]
    [InlineData("\"orders.created\"")]
    [InlineData("\"audit\"")]
    public Task ListedStreams_Count(string subject) => Rule.With("nats_toolkit.captured_subjects = payments.>, audit").Reports(Code.Stream("[\"orders.>\"]"), Code.Publish(subject));
}
