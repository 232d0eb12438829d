using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Client;
using Nats.Consumer.Samples.Tests;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Scaffolds on real servers, both ends of the range wherever both are at hand: set up, publish, handled and acknowledged.</summary>
[Collection(nameof(Workbench))]
[Trait("Category", "Slow")]
public class ServerTests(Workbench workbench)
{
    /// <summary>The server that these tests are told of, and those that the scripts of this repository have fetched.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> WorkersAndServers =>
        from id in (string[])["default", "alone-consumer"]
        from version in Servers().Keys
        select new TheoryDataRow<string, string>(id, version);

    [Theory]
    [MemberData(nameof(WorkersAndServers))]
    public async Task PublishedMessage_IsHandledAndAcknowledged(string id, string version)
    {
        workbench.ShouldNotBeNull();
        Assert.SkipWhen(version.Length == 0, "There is no nats-server: set NATS_SERVER, or run eng/nats-server.sh.");
        Scenario scenario = WorkerTests.Find(id);
        string program = WorkerTests.Program(scenario);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { BinaryPath = Servers()[version] });
        await using SampleProcess worker = SampleProcess.Start(program, server.Url, ["run", "--setup"]);
        await worker.PrintedAsync("consumes stream 'orders'");

        SampleResult published = await SampleProcess.RunAsync(program, server.Url, ["publish", "orders.created", """{"id":"42","at":"2026-01-31T12:00:00Z"}"""]);
        published.ShouldExitWith(0);
        published.Output.ShouldContain("Stored as number 1 of stream 'orders'.");
        await worker.PrintedAsync("Handled orders.created: 42");
        worker.Terminate();
        (await worker.EndAsync()).ShouldExitWith(0);

        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
        ConsumerInfo durable = (await JetStreamContext.Create(connection).GetConsumerAsync("orders", id == "default" ? "hello" : "class", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        durable.AckFloor.StreamSequence.ShouldBe(1UL);
        durable.AckPending.ShouldBe(0);
    }

    private static SortedDictionary<string, string> Servers()
    {
        var servers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string cache = Path.Combine(Repository.Root, "artifacts", "nats-server");
        if (Directory.Exists(cache))
        {
            foreach (string binary in Directory.GetDirectories(cache).Select(folder => Path.Combine(folder, "nats-server")).Where(File.Exists))
                servers[Path.GetFileName(Path.GetDirectoryName(binary)!)] = binary;
        }

        if (servers.Count == 0)
            servers.Add(NatsServerBinary.TryFind(out string found) ? "found" : "", found);
        return servers;
    }
}
