using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Prefixing;

/// <summary>The same code three times on one account: for two environments and without a prefix. Each sees its own.</summary>
[Trait("Category", "Server")]
[Trait("Client", "BuiltIn")]
public sealed class PrefixServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] Environments = ["", "staging", "qa"];

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    [InlineData(ConsumerKind.Ordered)]
    public async Task Workers_OfThreeEnvironments_HandleTheirOwn(ConsumerKind kind)
    {
        await using Looker raw = await Looker.OfAsync(server);
        string stream = TestServer.NewName();
        var scripts = Environments.ToDictionary(environment => environment, _ => new Script());
        foreach (string environment in Environments)
        {
            var setup = Setup(stream);
            setup.Kind = kind == ConsumerKind.Push ? kind : ConsumerKind.Pull; // an ordered one of the tests sets up no stream
            (await RunAsync(environment, setup, "setup")).ExitCode.ShouldBe(0);
            setup.Kind = kind;
            await using Worker worker = await Make(environment, setup, scripts[environment]).StartAsync();
            await worker.JetStream.PublishAsync($"{stream}.of.{environment}x", environment);
            await scripts[environment].CountAsync(1);
        }

        foreach (string environment in Environments)
            scripts[environment].Seen.ShouldHaveSingleItem().Subject.ShouldBe($"{stream}.of.{environment}x");
        (await raw.StreamsAsync(stream)).Where(name => !name.EndsWith("-dead-letters", StringComparison.Ordinal)).ShouldBe([stream, $"qa-{stream}", $"staging-{stream}"]);
        (await raw.SubjectsAsync($"staging-{stream}")).ShouldBe([$"staging.{stream}.>"]);
        await raw.DeleteAsync(stream);
    }

    [Fact]
    public async Task Verbs_OfAnEnvironment_SpeakItsNames()
    {
        await using Looker raw = await Looker.OfAsync(server);
        string stream = TestServer.NewName();
        ConsumerSetup setup = Setup(stream);
        await RunAsync("", setup, "setup");

        (await RunAsync("staging", setup, "plan")).ExitCode.ShouldBe(2);
        Ran set = await RunAsync("staging", setup, "setup");
        set.Output.ShouldStartWith("Subject prefix 'staging': stream 'orders' is 'staging-orders' on the server, subject 'orders.new' is 'staging.orders.new'.");
        set.Output.ShouldContain($"Stream '{stream}' created.");
        Ran plan = await RunAsync("staging", setup, "plan");
        plan.ExitCode.ShouldBe(0, plan.Output);
        plan.Output.ShouldContain($"  = stream '{stream}'");
        (await RunAsync("staging", setup, "plan", "--json")).Json()["steps"]!.AsArray().ShouldAllBe(step => (string)step!["subjectPrefix"]! == "staging");

        (await RunAsync("staging", setup, "publish", $"{stream}.a", "1")).Output.ShouldContain($"Stored as number 1 of stream '{stream}'.");
        string explained = (await RunAsync("staging", setup, "explain", $"{stream}.a")).Output;
        explained.ShouldStartWith("Subject prefix 'staging'");
        explained.ShouldContain($"Stream '{stream}' stores it ({stream}.>); it holds 1 of this subject.");
        explained.ShouldContain("1 to come, 0 unsettled.");
        string[] listed = [.. (await RunAsync("staging", setup, "streams", "list", "--json")).Json().AsArray().Select(one => (string)one!["config"]!["name"]!)];
        listed.ShouldContain(stream);
        listed.ShouldAllBe(name => !name.StartsWith("staging", StringComparison.Ordinal) && !name.StartsWith("$outside", StringComparison.Ordinal));
        Ran doctor = await RunAsync("staging", setup, "doctor", "--all");
        doctor.Output.ShouldStartWith("Subject prefix 'staging'");
        doctor.Output.ShouldNotContain("staging-S");
        (await raw.MessagesAsync(stream)).ShouldBe(0);
        (await raw.MessagesAsync($"staging-{stream}")).ShouldBe(1);
        await raw.DeleteAsync(stream);
    }

    [Fact]
    public async Task Failure_RetriedDeadLetteredAndReplayed_StaysInItsEnvironment()
    {
        await using Looker raw = await Looker.OfAsync(server);
        string stream = TestServer.NewName();
        ConsumerSetup setup = Setup(stream);
        setup.MaxDeliver = 2;
        await RunAsync("", setup, "setup");
        await RunAsync("staging", setup, "setup");
        bool fails = true;
        await using Worker worker = await Make("staging", setup, new Script((message, _) => fails ? throw new InvalidOperationException("not today") : ValueTask.FromResult(Outcome.Ack))).StartAsync();

        await worker.JetStream.PublishAsync($"{stream}.a", 1);
        IDeadLetters letters = worker.JetStream.DeadLettersOf(stream);
        await Until.TrueAsync(async () => await letters.CountAsync() == 1, "a dead letter");
        worker.Script.Count.ShouldBe(2);
        DeadLetter letter = (await letters.ListAsync().ToListAsync()).ShouldHaveSingleItem();
        (letter.Stream, letter.Subject, letter.Reason).ShouldBe((stream, $"{stream}.a", "not today"));
        (await raw.MessagesAsync($"staging-{stream}-dead-letters")).ShouldBe(1);
        fails = false;
        (await letters.ReplayAllAsync()).Replayed.ShouldBe(1);
        await worker.Script.CountAsync(3);
        (await letters.CountAsync()).ShouldBe(0);
        (await raw.MessagesAsync($"staging-{stream}")).ShouldBe(2);
        (await raw.MessagesAsync(stream)).ShouldBe(0);
        await raw.DeleteAsync(stream);
    }

    [Fact]
    public async Task JetStream_OfAnEnvironment_IsOneConsistentView()
    {
        await using Looker raw = await Looker.OfAsync(server);
        string stream = TestServer.NewName();
        await using INatsConnection one = Connect("staging");
        IJetStream js = JetStreamContext.Create(one);
        await js.CreateStreamAsync(new StreamConfig(stream) { Subjects = [$"{stream}.>"], AllowDirect = true, Republish = new StreamRepublish("", $"again.{stream}.>") });
        await js.CreateStreamAsync(new StreamConfig($"{stream}-copy") { Mirror = new StreamSource(stream) { FilterSubject = $"{stream}.a" } });
        await js.CreateStreamAsync(new StreamConfig($"{stream}-all") { Sources = [new StreamSource(stream)] });
        await js.CreateStreamAsync(new StreamConfig($"{stream}-named"));
        (await js.GetStreamAsync(stream))!.Config.Republish!.Source.ShouldBe(">", "as without a prefix");
        (await js.GetStreamAsync($"{stream}-named"))!.Config.Subjects.ShouldBe([$"{stream}-named"]);

        PublishAck ack = await js.PublishAsync($"{stream}.a", 1, new PublishOptions { MessageId = "once" });
        (ack.Stream, ack.Sequence).ShouldBe((stream, 1UL));
        (await js.PublishAsync($"{stream}.a", 1, new PublishOptions { MessageId = "once" })).Duplicate.ShouldBeTrue();
        // Servers before 2.10 do not copy a message that names another stream, so it is not the one that is copied.
        (await js.PublishAsync($"{stream}-named", 1, new PublishOptions { ExpectedStream = $"{stream}-named" })).Stream.ShouldBe($"{stream}-named");
        (await Should.ThrowAsync<JetStreamApiException>(js.PublishAsync($"{stream}.a", 1, new PublishOptions { ExpectedStream = "other" }).AsTask())).ErrorCode.ShouldBe(10060);
        await using (PublishWindow window = js.OpenPublishWindow(new PublishWindowOptions { OnResult = result => result.Ack.Stream.ShouldBe(stream) }))
        {
            for (int i = 0; i < 20; i++)
                await window.PublishAsync($"{stream}.b.{i}", i);
            await window.FlushAsync();
        }

        string copies = "";
        await Until.TrueAsync(async () => (copies = await CopiesAsync(js, stream)) == "21 and 1", () => $"copies: {copies}", 20);
        StreamInfo copy = (await js.GetStreamAsync($"{stream}-copy"))!;
        (copy.Config.Mirror!.Name, copy.Config.Mirror.FilterSubject).ShouldBe((stream, $"{stream}.a"));
        (await js.GetLastMessageAsync($"{stream}-all", $"{stream}.b.19"))!.Subject.ShouldBe($"{stream}.b.19");
        StoredMessage stored = (await js.GetMessageAsync(stream, 1))!;
        stored.Subject.ShouldBe($"{stream}.a");
        stored.Stream.ShouldBeOneOf(stream, $"{stream}-copy"); // a mirror answers for its origin, too
        (await js.GetStreamAsync(stream, new StreamInfoOptions { SubjectsFilter = $"{stream}.a" }))!.State.Subjects.ShouldBe([new($"{stream}.a", 1)]);
        string[] names = [.. (await js.ListStreamNamesAsync().ToListAsync()).Where(name => name.StartsWith(stream, StringComparison.Ordinal))];
        names.ShouldBe([stream, $"{stream}-all", $"{stream}-copy", $"{stream}-named"], ignoreOrder: true);
        (await js.ListStreamNamesAsync($"{stream}.a").ToListAsync()).ShouldBe([stream]);

        ConsumerInfo consumer = await js.CreateConsumerAsync(stream, new ConsumerConfig { DurableName = "reader", FilterSubjects = [$"{stream}.a"] });
        (consumer.Stream, consumer.Config.FilterSubjects!.Single()).ShouldBe((stream, $"{stream}.a"));
        await foreach (JetStreamMessage message in js.FetchAsync(stream, "reader", new FetchOptions { MaxMessages = 1 }))
        {
            (message.Stream, message.Subject).ShouldBe((stream, $"{stream}.a"));
            await message.AckAsync();
        }

        (await js.ConsumeOrderedAsync(stream, new OrderedOptions { FilterSubjects = [$"{stream}.b.*"], StopAtEnd = true }).Select(message => message.Subject).ToListAsync())
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"{stream}.b.{i}"));
        (await js.PurgeStreamAsync(stream, new PurgeOptions { Subject = $"{stream}.b.>" })).ShouldBe(20);
        (await js.DeleteMessageAsync(stream, 1)).ShouldBeTrue();
        await raw.DeleteAsync(stream);
    }

    // Somebody who looks past the prefix has made a copy of a production stream in this environment.
    [Fact]
    public async Task Foreign_MirrorInTheEnvironment_IsSaidToBeOutside()
    {
        await using Looker raw = await Looker.OfAsync(server);
        string stream = TestServer.NewName();
        IJetStream production = JetStreamContext.Create(raw.Connection);
        await production.CreateStreamAsync(new StreamConfig(stream) { Subjects = [$"{stream}.>"] });
        await production.CreateStreamAsync(new StreamConfig($"staging-{stream}") { Mirror = new StreamSource(stream) });
        await production.PublishAsync($"{stream}.a", 1);
        await using INatsConnection one = Connect("staging");
        IJetStream js = JetStreamContext.Create(one);

        await Until.TrueAsync(async () => (await js.GetStreamAsync(stream))!.State.Messages == 1, "the copy");
        StreamInfo info = (await js.GetStreamAsync(stream))!;
        info.Config.Mirror!.Name.ShouldBe($"$outside-{stream}");
        (await js.GetMessageAsync(stream, 1))!.Subject.ShouldBe($"$outside.{stream}.a");
        (await js.UpdateStreamAsync(info.Config with { Description = "d" })).Config.Mirror!.Name.ShouldBe($"$outside-{stream}", "what is read and written stays what it is");
        (await production.GetStreamAsync($"staging-{stream}"))!.Config.Mirror!.Name.ShouldBe(stream);
        (await js.ConsumeOrderedAsync(stream, new OrderedOptions { StopAtEnd = true }).Select(message => message.Subject).ToListAsync()).ShouldBe([$"$outside.{stream}.a"]);
        await raw.DeleteAsync(stream);
    }

    private static async Task<string> CopiesAsync(IJetStream js, string stream) => $"{(await js.GetStreamAsync($"{stream}-all"))!.State.Messages} and {(await js.GetStreamAsync($"{stream}-copy"))!.State.Messages}";

    private static ConsumerSetup Setup(string stream) => new()
    {
        Stream = stream,
        Subjects = [$"{stream}.>"],
        Handlers = [typeof(AnyHandler)],
        Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(stream) { Subjects = [$"{stream}.>"] })],
    };

    private Worker Make(string environment, ConsumerSetup setup, Script? script = null) =>
        new(server.Url, setup, script, settings: new() { ["Nats:SubjectPrefix"] = environment }, configure: nats => nats.Configure(options => options.SubjectPrefix = environment.Length > 0 ? environment : null));

    private async Task<Ran> RunAsync(string environment, ConsumerSetup setup, params string[] args)
    {
        await using Worker worker = Make(environment, setup);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await RunNatsExtensions.RunAsync(worker.Services.GetRequiredService<IHost>(), args, output, error, keyboard: null);
        worker.HasEnded();
        error.ToString().ShouldBeEmpty();
        return new Ran(exitCode, output.ToString());
    }

    private INatsConnection Connect(string prefix) => new NatsConnection(new NatsConnectionOptions { Url = server.Url }).WithSubjectPrefix(prefix);

    /// <summary>Takes everything.</summary>
    public sealed class AnyHandler(Script script) : ConsumerHandler
    {
        [Handle("*.>")]
        public ValueTask<Outcome> OnAnyAsync(MessageContext message, CancellationToken cancellationToken)
        {
            script.See(message);
            return script.Play(message, cancellationToken);
        }
    }

    private sealed record Ran(int ExitCode, string Output)
    {
        public JsonNode Json() => JsonNode.Parse(Output)!;
    }

    /// <summary>Somebody who looks at the server.</summary>
    private sealed class Looker(INatsConnection connection) : IAsyncDisposable
    {
        private readonly IJetStream _js = JetStreamContext.Create(connection);

        public INatsConnection Connection => connection;

        public static async Task<Looker> OfAsync(TestServer server)
        {
            var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
            await connection.ConnectAsync();
            return new Looker(connection);
        }

        public async Task<IReadOnlyList<string>> StreamsAsync(string part) =>
            [.. (await _js.ListStreamNamesAsync().ToListAsync()).Where(name => name == part || name.EndsWith($"-{part}", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        public async Task<IReadOnlyList<string>> SubjectsAsync(string stream) => (await _js.GetStreamAsync(stream))!.Config.Subjects!;

        public async Task<long> MessagesAsync(string stream) => (await _js.GetStreamAsync(stream))!.State.Messages;

        public async Task DeleteAsync(string part)
        {
            foreach (string name in await _js.ListStreamNamesAsync().Where(name => name.Contains(part, StringComparison.Ordinal)).ToListAsync())
                await _js.DeleteStreamAsync(name);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
