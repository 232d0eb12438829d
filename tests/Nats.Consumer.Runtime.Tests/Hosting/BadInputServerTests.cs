using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>What can never work ends with exit code 1 and one line that says what to change.</summary>
[Trait("Category", "Server")]
public class BadInputServerTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Shape =
        "A handler is an instance method that returns Task, ValueTask, Task<Outcome> or ValueTask<Outcome>, and takes a payload, a MessageContext, a CancellationToken and one parameter per {token}, each at most once; or it takes batches, an IReadOnlyList<Message<T>> or IReadOnlyList<MessageContext> and a CancellationToken, and returns Task, ValueTask, Task<IReadOnlyList<Outcome>> or ValueTask<IReadOnlyList<Outcome>>";

    [Fact]
    public Task StreamName_WithADot_SaysWhereAndWhatInstead() =>
        FailsAsync(setup => setup.Stream = "my.stream", "The stream name 'my.stream' has a dot at position 2, which stream names cannot have. Use letters, digits, '-' and '_', as in 'my-stream'.");

    [Fact]
    public Task Durable_WithAStar_SaysWhereAndWhatInstead() => FailsAsync(setup => setup.Durable = "a*b", "The durable name 'a*b' has '*' at position 1");

    [Fact]
    public Task StreamNameInSetup_WithADot_SaysWhere() => FailsAsync(
        setup => setup.Operations = () => [StreamOperation.Create(new StreamConfig("my.stream"))], "Setup(): The stream name 'my.stream' has a dot at position 2", "run", "--setup");

    [Fact]
    public Task Subjects_Invalid_SaysWhy() => FailsAsync(setup => setup.Subjects = ["work..x"], "Subjects: ");

    [Fact]
    public Task Handle_InvalidSubject_NamesTheMethod() => FailsAsync<InvalidSubject>("InvalidSubject.OnAsync: ", "work.>.x");

    [Fact]
    public Task Handle_SameSubjectTwice_NamesBothMethods() => FailsAsync<Twice>(
        "Twice.OnSecondAsync handles 'work.{id}' and Twice.OnFirstAsync handles 'work.*', which are the same subjects. "
        + "Within a class each subject has one handler: remove one [Handle], or change its subject.");

    [Fact]
    public Task Handle_ReturnsVoid_SaysWhatAHandlerIs() => FailsAsync<ReturnsVoid>($"ReturnsVoid.On returns void. {Shape}.");

    [Fact]
    public Task Handle_TwoPayloads_SaysWhatAHandlerIs() =>
        FailsAsync<TwoPayloads>($"TwoPayloads.OnAsync takes two payloads, 'first' and 'second' (a token parameter has the name of its {{token}}). {Shape}.");

    [Fact]
    public Task Handle_TokenInOneOfItsPatternsOnly_SaysWhatToWrite() =>
        FailsAsync<TokenMissing>("TokenMissing.OnAsync: the parameter 'id' is no token of 'work.all'. Write it into the pattern as '{id}', or take the parameter away.");

    [Fact]
    public Task Handler_WithoutHandle_SaysWhatToDo() =>
        FailsAsync<Empty>("Empty has no method with [Handle] and does not override FallbackAsync, so it would never be called. Mark its methods with [Handle(\"a.subject\")].");

    [Fact]
    public Task Handler_TakesNothingOfTheConsumers_SaysWhatToChange() => FailsAsync(
        setup => setup.Subjects = ["orders.>"],
        "ScriptHandler takes nothing of what the consumer takes (orders.>), so it would never be called. Change Subjects or the handler's [Handle].");

    [Theory]
    [InlineData(nameof(ConsumerSetup.MaxDeliver), "MaxDeliver is 0; it must be at least 1.")]
    [InlineData(nameof(ConsumerSetup.Concurrency), "Concurrency is 0; it must be at least 1.")]
    [InlineData(nameof(ConsumerSetup.BatchSize), "BatchSize is 0; it must be at least 1.")]
    [InlineData(nameof(ConsumerSetup.MaxAckPending), "MaxAckPending is 0; it must be at least 1.")]
    public Task Setting_OutOfRange_SaysTheRange(string setting, string message) => FailsAsync(setup => typeof(ConsumerSetup).GetProperty(setting)!.SetValue(setup, 0), message);

    [Fact]
    public Task BackoffDelays_Negative_SaysSo() => FailsAsync(setup => setup.BackoffDelays = [TimeSpan.FromSeconds(-1)], "A retry delay cannot be negative.");

    [Fact]
    public Task ConsumerName_Unknown_NamesThoseThatThereAre() =>
        FailsAsync(_ => { }, "There is no consumer 'WorkConsumr'. There is WorkConsumer.", "run", "WorkConsumr");

    [Fact]
    public async Task TwoConsumers_OneDurable_AreRefused()
    {
        await using TestStream stream = await server.StreamAsync();
        await using var worker = new Worker(server.Url, stream.Setup(), configure: nats => nats.AddConsumer<SecondConsumer>());
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldBe(
            $"The worker cannot start: WorkConsumer and SecondConsumer would share the durable 'worker' on stream '{stream.Name}' and take each other's messages. Give each a DurableName of its own.");
    }

    [Fact]
    public async Task Source_CapturesItsOwnDeadLetters_IsRefused()
    {
        await Until.TrueAsync(async () => (int)(await server.AskAsync("STREAM.NAMES"))["total"]! == 0, "the end of the streams of other tests");
        await using TestStream stream = await server.StreamAsync("work.> dead-letters.>");
        await using var worker = new Worker(server.Url, stream.Setup());
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain(
            $"Stream '{stream.Name}' captures 'dead-letters.>', and so its own dead letters ('dead-letters.{stream.Name}.>'), which must go to a stream of their own. Narrow the stream's subjects.");
    }

    [Fact]
    [Trait("Client", "BuiltIn")]
    public async Task Url_Unreadable_IsNamedWithoutItsPassword()
    {
        await using var worker = new Worker("tls+x://app:s3cret@somewhere", new ConsumerSetup { Stream = "s" });
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain("The section 'Nats' or NATS_URL cannot be used: ");
        worker.Log.Text.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task CommandLine_UnknownOption_IsWrongUsage()
    {
        await using var worker = new Worker(server.Url, new ConsumerSetup { Stream = "s" });
        (await worker.RunAsync("run", "--stup")).ShouldBe(64);
    }

    [Fact]
    public async Task SetupVerb_AppliesTheOperationsAndEnds()
    {
        string name = TestServer.NewName();
        var setup = new ConsumerSetup { Stream = name, Operations = () => [StreamOperation.Create(new StreamConfig(name) { Subjects = ["work.>"] })] };
        await using var worker = new Worker(server.Url, setup);
        (await worker.RunAsync("setup")).ShouldBe(0);
        (await server.Api.GetConsumerAsync(name, "worker", CancellationToken.None)).ShouldNotBeNull();
        await server.Api.DeleteStreamAsync(name, CancellationToken.None);
        await server.Api.DeleteStreamAsync($"{name}-dead-letters", CancellationToken.None);
    }

    private Task FailsAsync<THandler>(params string[] parts) => FailsAsync(setup => setup.Handlers = [typeof(THandler)], parts, []);

    private Task FailsAsync(Action<ConsumerSetup> configure, string part, params string[] args) => FailsAsync(configure, [part], args);

    private async Task FailsAsync(Action<ConsumerSetup> configure, string[] parts, string[] args)
    {
        await using TestStream stream = await server.StreamAsync();
        await using var worker = new Worker(server.Url, stream.Setup(configure));
        (await worker.RunAsync(args)).ShouldBe(1);
        string text = worker.Log.Worse(LogLevel.Warning).ShouldHaveSingleItem().Text;
        text.ShouldStartWith("The worker cannot start: ");
        foreach (string part in parts)
            text.ShouldContain(part);
        text.ShouldNotContain("   at ", customMessage: "the message is for people, not a stack trace");
    }

    public sealed class InvalidSubject(Script script) : ConsumerHandler
    {
        [Handle("work.>.x")]
        public Task OnAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class Twice(Script script) : ConsumerHandler
    {
        [Handle("work.*")]
        public Task OnFirstAsync(MessageContext message) => script.SeeAsync(message);

        [Handle("work.{id}")]
        public Task OnSecondAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class ReturnsVoid(Script script) : ConsumerHandler
    {
        [Handle("work.x")]
        public void On(MessageContext message) => script.See(message);
    }

    public sealed class TwoPayloads(Script script) : ConsumerHandler
    {
        [Handle("work.x")]
        public Task OnAsync(string first, string second, MessageContext message) => script.SeeAsync(message, first + second);
    }

    public sealed class TokenMissing(Script script) : ConsumerHandler
    {
        [Handle("work.{id}.x", "work.all")]
        public Task OnAsync(string id, MessageContext message) => script.SeeAsync(message, id);
    }

    public sealed class Empty : ConsumerHandler;
}
