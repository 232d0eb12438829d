using Nats.Consumer.Client;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests;

[Trait("Category", "Server")]
public sealed class OrdersTests
{
    private const string Sample = "Orders";

    [Fact]
    public async Task RunSetup_SigtermAfterTheLastMessage_DrainsAndExitsWith0()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using SampleProcess sample = SampleProcess.Start(Sample, server.Url, ["run", "--setup"]);
        await sample.PrintedAsync("at attempt 2"); // the last thing to happen: the retry

        sample.Terminate();

        SampleResult result = await sample.EndAsync();
        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        string[] expected =
        [
            "Stream 'orders' created.", "Created: order ", "Changed (orders.updated): order ", "Changed (orders.modified): order ",
            "Cancelled: the warehouse does not answer", "Something else: orders.shipped.", "Nobody handles orders.archive.done (NoHandler): dropped.",
            "OrderConsumer stopped: 7 finished, 0 handed back, 0 abandoned.",
        ];
        expected.ShouldAllBe(line => result.Output.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setup_Alone_SaysWhatItDid()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        SampleResult first = await SampleProcess.RunAsync(Sample, server.Url, ["setup"]);
        SampleResult second = await SampleProcess.RunAsync(Sample, server.Url, ["setup", "orderconsumer"]);

        first.ShouldExitWith(0);
        first.Error.ShouldBeEmpty();
        first.Output.ShouldContain("Stream 'orders' created.");
        first.Output.ShouldNotContain("consumes");
        second.ShouldExitWith(0);
        second.Output.ShouldNotContain("created");
    }

    [Theory]
    [InlineData("run", "Nobody")]
    [InlineData("setup", "Nobody")]
    public async Task Verb_UnknownConsumer_NamesTheConsumers(string verb, string consumer)
    {
        SampleResult result = await SampleProcess.RunAsync(Sample, "nats://127.0.0.1:1", [verb, consumer]);

        result.ShouldExitWith(1);
        (result.Output + result.Error).ShouldContain($"There is no consumer '{consumer}'. There is OrderConsumer.");
        (result.Output + result.Error).ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--stup", "There is no option '--stup'.")]
    [InlineData("--Nats:Url", "A setting is written as --Section:Key=value.")]
    public async Task Run_UnknownOption_IsWrongUsage(string option, string message)
    {
        SampleResult result = await SampleProcess.RunAsync(Sample, "nats://127.0.0.1:1", ["run", option]);

        result.ShouldExitWith(64);
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Setup_SettingOnTheCommandLine_IsTaken()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        SampleResult result = await SampleProcess.RunAsync(Sample, url: null, ["setup", $"--Nats:Url={server.Url}"]);

        result.ShouldExitWith(0);
        result.Output.ShouldContain("Stream 'orders' created.");
    }

    [Fact]
    public async Task Environments_OnOneServer_HaveStreamsOfTheirOwn()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        (await SampleProcess.RunAsync(Sample, server.Url, ["setup"])).ShouldExitWith(0);
        (string, string) staging = ("Nats__SubjectPrefix", "staging");

        SampleResult plan = await SampleProcess.RunAsync(Sample, server.Url, ["plan"], staging);
        plan.ShouldExitWith(2);
        plan.Output.ShouldStartWith("Subject prefix 'staging': stream 'orders' is 'staging-orders' on the server");
        await using (SampleProcess sample = SampleProcess.Start(Sample, server.Url, ["run", "--setup"], staging))
        {
            await sample.PrintedAsync("at attempt 2");
            sample.Terminate();
            SampleResult result = await sample.EndAsync();
            result.ShouldExitWith(0);
            result.Output.ShouldContain("Subject prefix 'staging'");
            result.Output.ShouldContain("Something else: orders.shipped.");
        }

        SampleResult all = await SampleProcess.RunAsync(Sample, server.Url, ["streams", "list", "--json"]);
        all.Output.ShouldContain("\"name\": \"staging-orders\"");
        SampleResult own = await SampleProcess.RunAsync(Sample, server.Url, ["streams", "list"], staging);
        own.Output.ShouldContain("orders-dead-letters");
        own.Output.ShouldNotContain("staging-orders-");
        (await SampleProcess.RunAsync(Sample, server.Url, ["plan"], staging)).ShouldExitWith(0);
        (await SampleProcess.RunAsync(Sample, server.Url, ["streams", "info", "orders"])).Output.ShouldContain("orders holds 0 messages");

        SampleResult wrong = await SampleProcess.RunAsync(Sample, server.Url, ["run"], ("Nats__SubjectPrefix", "staging.eu"));
        wrong.ShouldExitWith(1);
        wrong.Output.ShouldContain("The worker cannot start: Nats:SubjectPrefix: 'staging.eu' cannot be a subject prefix.");
    }

    [Fact]
    public async Task Help_ListsTheVerbs()
    {
        SampleResult result = await SampleProcess.RunAsync(Sample, "nats://127.0.0.1:1", ["--help"]);

        result.ShouldExitWith(0);
        result.Output.ShouldContain("run");
        result.Output.ShouldContain("setup");
    }

    [Fact]
    public async Task Run_SigtermWhileServerIsAway_ExitsWith0()
    {
        await using SampleProcess sample = SampleProcess.Start(Sample, "nats://127.0.0.1:1", ["run", "--setup"], ("Nats__RequestTimeout", "00:00:00.200"));
        await sample.PrintedAsync("No NATS server could be reached");
        await Task.Delay(TimeSpan.FromSeconds(1)); // several request timeouts: whoever publishes waits, too

        sample.HasExited.ShouldBeFalse(sample.Output);
        sample.Terminate();

        SampleResult result = await sample.EndAsync();
        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldNotContain("fail:");
        result.Output.Split("No NATS server could be reached").Length.ShouldBe(2, "it is said once");
    }

    [Fact]
    public async Task Setup_ServerIsAway_FailsWithOneLine()
    {
        SampleResult result = await SampleProcess.RunAsync(Sample, "nats://127.0.0.1:1", ["setup"]);

        result.ShouldExitWith(1);
        result.Error.ShouldStartWith("No NATS server could be reached (nats://127.0.0.1:1: ");
        result.Error.TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public async Task Run_StreamIsMissing_NamesTheRemedy()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        SampleResult result = await SampleProcess.RunAsync(Sample, server.Url, ["run"]);

        result.ShouldExitWith(1);
        result.Output.ShouldContain("The worker cannot start: OrderConsumer: stream 'orders' does not exist. Run the worker with --setup");
    }

    [Fact]
    public async Task Run_ServiceOfTheApplicationThrows_ExitsWith1()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using (var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url }))
        {
            await connection.ConnectAsync();
            byte[] tooSmall = """{"name":"orders","subjects":["orders.>"],"max_msg_size":1}"""u8.ToArray();
            (await connection.RequestAsync("$JS.API.STREAM.CREATE.orders", tooSmall, TimeSpan.FromSeconds(5))).IsOk.ShouldBeTrue();
        }

        SampleResult result = await SampleProcess.RunAsync(Sample, server.Url, ["run", "--setup"]);

        result.ShouldExitWith(1);
        result.Output.ShouldContain("message size exceeds maximum allowed");
    }

    [Fact]
    public async Task Run_WrongPassword_ExitsWith1()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Username = "worker", Password = "right" });

        SampleResult result = await SampleProcess.RunAsync(Sample, server.Url, ["run"], ("Nats__Username", "worker"), ("Nats__Password", "wrong"));

        result.ShouldExitWith(1);
        result.Output.ShouldContain("The worker cannot start: ");
        result.Output.ShouldNotContain("wrong");
    }
}
