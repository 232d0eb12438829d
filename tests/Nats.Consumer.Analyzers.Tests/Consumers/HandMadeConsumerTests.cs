using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class HandMadeConsumerTests
{
    private const string Steps = "Backoff = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]";

    [Fact]
    public async Task MoreStepsThanDeliveries_AreAnError() => (await Verify.Rule("NATS0501").Reports(
        Config("MaxDeliver = 2, Backoff = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), [|TimeSpan.FromSeconds(3)|]]"))).Single().Severity.ShouldBe(DiagnosticSeverity.Error);

    [Fact]
    public Task AsManyStepsAsDeliveries_AreAHint() => Verify.Rule("NATS0502").Says(
        "Backoff has as many steps as there are deliveries (2), which nats-server before 2.10 refuses (10116). Remove the last one, or raise MaxDeliver.",
        Config("MaxDeliver = 2, Backoff = [TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|]]"));

    [Fact]
    public Task AckWaitBesideBackoff_HasNoEffect() => Verify.Rule("NATS0503").Says(
        "The server replaces AckWait by the first step of Backoff (00:00:01). Leave AckWait out, or Backoff, and delay by negative acks.", Config($"AckWait = [|TimeSpan.FromSeconds(30)|], {Steps}"));

    [Theory]
    [InlineData("MaxDeliver = 3, " + Steps)]
    [InlineData("MaxDeliver = -1, " + Steps)]
    [InlineData(Steps)]
    [InlineData("AckWait = TimeSpan.FromSeconds(1), " + Steps)]
    [InlineData("AckWait = TimeSpan.FromSeconds(30), MaxDeliver = 1")]
    [InlineData("MaxDeliver = Environment.ProcessorCount, " + Steps)]
    public async Task WhatTheServerTakes_DoesNotTrigger(string settings)
    {
        foreach (string id in (string[])["NATS0501", "NATS0502", "NATS0503"])
            await Verify.Rule(id).Reports(Config(settings));
    }

    [Fact]
    public Task Fix_RemovesTheStepsThatAreTooMany() => Verify.Rule("NATS0501").Fixes(
        Config("MaxDeliver = 1, Backoff = [TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|], TimeSpan.FromSeconds(3)]"), Config("MaxDeliver = 1, Backoff = [TimeSpan.FromSeconds(1)]"));

    [Theory]
    [InlineData("DurableName = [|\"a.b\"|]")]
    [InlineData("Name = [|\"a b\"|]")]
    public Task InvalidName_Triggers(string settings) => Verify.Rule("NATS0505").Reports(Config(settings));

    [Fact]
    public Task InvalidNameInACall_Triggers() => Verify.Rule("NATS0505").Reports(
        "public class Tool { public Task RunAsync(IJetStream js, string x) => Task.WhenAll(js.GetStreamAsync([|\"a.b\"|]), js.DeleteConsumerAsync(\"a\", [|\"c d\"|]), js.GetStreamAsync(x)); }");

    [Fact]
    public async Task RedundantFilter_IsAnError()
    {
        var finding = (await Verify.Rule("NATS0507").Reports(Config("FilterSubjects = [\"a.>\", [|\"a.b\"|]]"))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldBe("The consumer takes 'a.b' anyway: it is within 'a.>', and the server refuses such filters (10138). Leave it out.");
    }

    [Fact]
    public Task InboxAsDeliverSubject_IsNotReserved() => Verify.Rule("NATS0004").Reports(Config("DeliverSubject = \"_INBOX.x\""));

    private static string Config(string settings) => $"public static class Tool {{ public static ConsumerConfig Make() => new() {{ {settings} }}; }}";
}
