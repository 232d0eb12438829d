using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.CommandLine;

/// <summary>The verbs in this process, on each version of the server; as processes they are run with the documents.</summary>
[Trait("Category", "Server")]
public class VerbServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task SetupAndPlan_UntilAndAfterADrift_SayItInJson()
    {
        string name = TestServer.NewName();
        ConsumerSetup Setup(TimeSpan ackWait) => new()
        {
            Stream = name,
            AckWait = ackWait,
            Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = ["work.>"], MaxMessages = 100 })],
        };
        (await RunAsync(Setup(TimeSpan.FromSeconds(9)), "plan")).ExitCode.ShouldBe(2);
        (await RunAsync(Setup(TimeSpan.FromSeconds(9)), "setup")).ExitCode.ShouldBe(0);
        JsonNode same = (await RunAsync(Setup(TimeSpan.FromSeconds(9)), "plan", "--json")).Json(0);
        ((bool)same["drift"]!).ShouldBeFalse();

        JsonObject config = (await server.Api.GetStreamAsync(name, CancellationToken.None))!.Config;
        (config["description"], config["max_msgs"]) = ("by somebody else", 7);
        await server.AskAsync($"STREAM.UPDATE.{name}", (JsonObject)config.DeepClone());

        JsonNode drift = (await RunAsync(Setup(TimeSpan.FromSeconds(8)), "plan", "--json")).Json(2);
        drift["steps"]!.AsArray().Where(step => (string)step!["action"]! != "nothing").Select(step => $"{step!["what"]}: {string.Join("; ", step["fields"]!.AsArray().Select(field => $"{field!["field"]} {field["actual"]} {field["wanted"]}"))}")
            .ShouldBe([$"stream '{name}': max_msgs 7 100", $"consumer 'worker' of stream '{name}': ack_wait 9s 8s"]);
        (await RunAsync(Setup(TimeSpan.FromSeconds(8)), "setup", "--json")).Json(0);
        (await RunAsync(Setup(TimeSpan.FromSeconds(8)), "plan")).ExitCode.ShouldBe(0);
        ((string?)(await server.Api.GetStreamAsync(name, CancellationToken.None))!.Config["description"]).ShouldBe("by somebody else");
        await server.JetStream.DeleteStreamAsync(name);
    }

    [Fact]
    public async Task Setup_SeveralAtOnce_Converge()
    {
        string name = TestServer.NewName();
        var setup = new ConsumerSetup { Stream = name, Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = ["work.>"], MaxAge = TimeSpan.FromHours(1) })] };

        Ran[] all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync(setup, "setup")));

        all.ShouldAllBe(ran => ran.ExitCode == 0, string.Join("\n", all.Select(ran => ran.Error)));
        (await RunAsync(setup, "plan")).ExitCode.ShouldBe(0);
        await server.JetStream.DeleteStreamAsync(name);
    }

    [Fact]
    public async Task Setup_TwoAtOnceTwentyTimes_Converge()
    {
        for (int round = 0; round < 20; round++)
        {
            string name = TestServer.NewName();
            var setup = new ConsumerSetup { Stream = name, Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = ["work.>"], MaxMessages = 100 })] };
            if (round % 2 == 1) // something to change, for both of them
                await RunAsync(new ConsumerSetup { Stream = name, AckWait = TimeSpan.FromSeconds(9), Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = ["work.a"], MaxMessages = 10 })] }, "setup");

            Ran[] both = await Task.WhenAll(Task.Run(() => RunAsync(setup, "setup")), Task.Run(() => RunAsync(setup, "setup")));

            both.ShouldAllBe(ran => ran.ExitCode == 0, $"round {round}: {string.Join("\n", both.Select(ran => ran.Error))}");
            (await RunAsync(setup, "plan")).ExitCode.ShouldBe(0, $"round {round}");
            await server.JetStream.DeleteStreamAsync(name);
            await server.JetStream.DeleteStreamAsync($"{name}-dead-letters");
        }
    }

    [Fact]
    public async Task Setup_SomethingIsLost_IsNotDoneWithoutBeingTold()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        ConsumerSetup setup = stream.Setup(its => its.Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(stream.Name) { MaxMessages = 1 })]);

        Ran asked = await RunAsync(setup, "setup");
        asked.ExitCode.ShouldBe(1);
        asked.Output.ShouldContain("Removes the 2 oldest messages at once. There is no way back.");
        asked.Error.ShouldContain("Give --yes to do it without being asked.");
        (await stream.InfoAsync()).Messages.ShouldBe(3);

        (await RunAsync(setup, "setup", "--yes")).ExitCode.ShouldBe(0);
        (await stream.InfoAsync()).Messages.ShouldBe(1);
    }

    [Fact]
    public async Task Setup_Impossible_ChangesNothing()
    {
        await using TestStream stream = await server.StreamAsync();
        ConsumerSetup setup = stream.Setup(its => its.Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig(stream.Name) { Description = "new", Storage = StreamStorage.Memory })]);

        Ran ran = await RunAsync(setup, "setup");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldStartWith($"Stream '{stream.Name}': The server cannot change the storage of a stream.");
        ((string?)(await stream.InfoAsync()).Config["description"]).ShouldBeNull();
        (await stream.ConsumerNamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Verbs_OfDeadLettersPublishingAndStreams_WorkOnEachServer()
    {
        await using TestStream stream = await server.StreamAsync();
        ConsumerSetup setup = stream.Setup();
        (await RunAsync(setup, "publish", "work.a", "{\"id\":1}", "--id", "one", "--header", "Tenant: blue", "--json")).Json(0)["sequence"]!.GetValue<int>().ShouldBe(1);
        (await RunAsync(setup, "publish", "work.a", "{\"id\":1}", "--id", "one", "--json")).Json(0)["duplicate"]!.GetValue<bool>().ShouldBeTrue();
        (await RunAsync(setup, "publish", "nowhere.a", "{}")).ExitCode.ShouldBe(1);
        await using (Worker worker = await stream.WorkAsync(script: new Script((_, _) => ValueTask.FromResult(Outcome.DeadLetter("not today")))))
            await stream.SettledAsync();

        JsonNode list = (await RunAsync(setup, "dlq", "list", "--consumer", "WorkConsumer", "--json")).Json(0);
        ((int)list["count"]!, (string)list["letters"]![0]!["reason"]!, (string)list["letters"]![0]!["headers"]!["Tenant"]!).ShouldBe((1, "not today", "blue"));
        (await RunAsync(setup, "dlq", "show", "7")).ExitCode.ShouldBe(1);
        ((string)(await RunAsync(setup, "dlq", "show", "1", "--json")).Json(0)["payload"]!).ShouldBe("{\"id\":1}");
        (await RunAsync(setup, "dlq", "replay", "1", "9")).Output.ShouldContain("1 dead letter of stream");
        (await RunAsync(setup, "dlq", "purge", "--dry-run")).Output.ShouldBe($"0 dead letters of stream '{stream.Name}' would be deleted.\n");

        JsonNode explained = (await RunAsync(setup, "explain", "work.a", "--json")).Json(0);
        ((string)explained["streams"]![0]!["name"]!, (string)explained["consumers"]![0]!["calls"]![0]!["handler"]!).ShouldBe((stream.Name, "ScriptHandler.OnWorkAsync"));
        (await RunAsync(setup, "explain", "nowhere.a")).ExitCode.ShouldBe(2);
        (await RunAsync(setup, "streams", "list", "--json")).Json(0).AsArray().Select(item => (string)item!["config"]!["name"]!).ShouldContain(stream.Name);
        (await RunAsync(setup, "streams", "update", stream.Name, "--max-age", "3600", "--yes")).ExitCode.ShouldBe(0);
        ((long)(await stream.InfoAsync()).Config["max_age"]!).ShouldBe(3_600_000_000_000);
        JsonNode found = (await RunAsync(setup, "doctor", "--json")).Json(0);
        ((string)found["server"]!).ShouldBe($"{server.Version.ToString(3)}");
        (await RunAsync(setup, "streams", "delete", stream.Name, "--force")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(64, "There is neither a verb nor a consumer 'pln'. Did you mean 'plan'?", "pln")]
    [InlineData(64, "There is no option '--batchsize'. Did you mean '--batch-size'?", "run", "--batchsize")]
    [InlineData(64, "--batch-size must be at least 1.", "run", "--batch-size", "0")]
    [InlineData(64, "--timeout must be more than 0 seconds", "run", "--timeout", "0")]
    [InlineData(64, "is no JSON", "publish", "work.a", "{")]
    [InlineData(64, "Give the subject of one message", "explain", "work.>")]
    [InlineData(64, "Nothing to change was given.", "streams", "update", "orders")]
    [InlineData(64, "--max-age is 'soon', which is no time.", "streams", "update", "orders", "--max-age", "soon")]
    [InlineData(1, "There is no consumer 'WorkConsumr'. There is WorkConsumer. Did you mean 'WorkConsumer'?", "plan", "WorkConsumr")]
    [InlineData(1, "There is no stream 'no-such-stream'.", "streams", "info", "no-such-stream")]
    public async Task Verb_Wrong_SaysWhatWasMeant(int exitCode, string error, params string[] args)
    {
        Ran ran = await RunAsync(new ConsumerSetup { Stream = "s" }, args);

        ran.Error.ShouldContain(error);
        ran.ExitCode.ShouldBe(exitCode);
        ran.Output.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task Verb_WithSecrets_ShowsNone()
    {
        await using TestServer guarded = await TestServer.StartAsync(new() { Username = "joe", Password = "hunter2" });
        foreach (string verb in new[] { "plan", "setup", "doctor", "routes" })
        {
            Ran ran = await RunOnAsync(guarded.Url.Replace("nats://", "nats://joe:hunter2@", StringComparison.Ordinal), new ConsumerSetup { Stream = "s" }, verb, "--json");
            $"{ran.Output}{ran.Error}".ShouldNotContain("hunter2", customMessage: verb);
            Ran refused = await RunOnAsync(guarded.Url.Replace("nats://", "nats://joe:hunter3@", StringComparison.Ordinal), new ConsumerSetup { Stream = "s" }, verb);
            $"{refused.Output}{refused.Error}".ShouldNotContain("hunter3", customMessage: verb);
        }
    }

    /// <summary>A handler class can have more than its consumer takes; another consumer may take the rest.</summary>
    [Fact]
    public async Task Routes_PatternOutOfReach_IsLeftOut()
    {
        Ran ran = await RunAsync(new ConsumerSetup { Stream = "s", Subjects = ["work.near"], Handlers = [typeof(FarAndNear)] }, "routes");

        ran.ExitCode.ShouldBe(0);
        ran.Output.ShouldContain("FarAndNear.OnNearAsync");
        ran.Output.ShouldNotContain("FarAndNear.OnFarAsync");
    }

    public sealed class FarAndNear(Script script) : ConsumerHandler
    {
        [Handle("work.near")]
        public Task OnNearAsync(MessageContext message) => script.SeeAsync(message, "near");

        [Handle("work.far")]
        public Task OnFarAsync(MessageContext message) => script.SeeAsync(message, "far");
    }

    private Task<Ran> RunAsync(ConsumerSetup setup, params string[] args) => RunOnAsync(server.Url, setup, args);

    private static async Task<Ran> RunOnAsync(string url, ConsumerSetup setup, params string[] args)
    {
        await using var worker = new Worker(url, setup);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await RunNatsExtensions.RunAsync(worker.Services.GetRequiredService<IHost>(), args, output, error, keyboard: null);
        worker.HasEnded();
        return new Ran(exitCode, output.ToString(), error.ToString());
    }

    private sealed record Ran(int ExitCode, string Output, string Error)
    {
        public JsonNode Json(int exitCode)
        {
            ExitCode.ShouldBe(exitCode, Error + Output);
            return JsonNode.Parse(Output)!;
        }
    }
}
