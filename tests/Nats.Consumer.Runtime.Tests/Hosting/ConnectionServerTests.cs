using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Hosting;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>Consumers on two servers, and the verbs across them.</summary>
[Trait("Category", "Server")]
public class ConnectionServerTests
{
    private static readonly ConsumerSetup Setup = new() { Stream = "S", Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig("S") { Subjects = ["work.>"] })] };

    [Fact]
    public async Task Server_AwayAtStart_ItsConsumersAloneWait()
    {
        await using TestServer home = await TestServer.StartAsync();
        await using TestServer eu = await TestServer.StartAsync();
        await eu.Process.KillAsync();
        string name = $"{Guid.NewGuid():N}";
        int reconnects = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == "nats.connection.reconnects")
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Interlocked.Add(ref reconnects, tags.ToArray().Any(tag => name.Equals(tag.Value)) ? (int)value : 0));
        listener.Start();
        await using Worker worker = Make(home, eu, ("Nats:Connections:eu:ConnectionName", name));
        worker.Services.GetRequiredService<ConsumerSet>().SetUpFirst = true;

        await worker.StartAsync();
        await worker.JetStream.PublishAsync("work.home", 1);
        await worker.Script.CountAsync(1);
        (await ReadyAsync(worker)).ShouldStartWith("Unhealthy There is no connection to NATS (connection 'eu': ");
        await worker.Log.ContainsAsync("or point Nats:Connections:eu:Url at one.");

        await eu.Process.StartAgainAsync();
        await worker.Services.GetRequiredKeyedService<IJetStream>("eu").PublishAsync("work.eu", 1); // waits until it is set up
        await worker.Script.CountAsync(2, 20);
        await Until.TrueAsync(async () => await ReadyAsync(worker) == "Healthy All consumers consume.", () => "ready");
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.home", "work.eu"]);

        await eu.Process.KillAsync();
        await eu.Process.StartAgainAsync();
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref reconnects) == 1), () => $"one reconnect; {reconnects} were counted");
    }

    [Fact]
    public async Task Verbs_WorkAcrossConnections_AndSayWhich()
    {
        await using TestServer home = await TestServer.StartAsync();
        await using TestServer eu = await TestServer.StartAsync();

        Ran plan = await RunAsync(home, eu, "plan");
        plan.ExitCode.ShouldBe(2);
        plan.Output.ShouldContain("  + stream 'S' on the default connection");
        plan.Output.ShouldContain("  + consumer 'worker' of stream 'S' on connection 'eu'");
        plan.Output.ShouldContain("6 to create, 0 to change, 0 to delete, 0 impossible.");
        (await RunAsync(home, eu, "setup")).Output.ShouldContain("Consumer 'worker' of stream 'S' on connection 'eu' created.");
        JsonNode.Parse((await RunAsync(home, eu, "plan", "--json")).Output)!["steps"]!.AsArray().Select(step => $"{step!["action"]} {step["connection"]}")
            .ShouldBe(["nothing ", "nothing ", "nothing ", "nothing eu", "nothing eu", "nothing eu"]);

        (await RunAsync(home, eu, "publish", "work.eu", "1", "--connection", "EU")).Output.ShouldContain("Stored as number 1 of stream 'S'.");
        (await RunAsync(home, eu, "publish", "work.x", "1", "--connection", "eus")).ShouldBe(new Ran(1, "", $"There is no connection 'eus'. Did you mean 'eu'? Nats:Connections:eus:Url would make it.{Environment.NewLine}"));
        (await home.Api.GetStreamAsync("S", CancellationToken.None))!.Messages.ShouldBe(0);
        (await eu.Api.GetStreamAsync("S", CancellationToken.None))!.Messages.ShouldBe(1);

        (await RunAsync(home, eu, "streams", "info", "S", "--connection", "eu")).Output.ShouldContain("S holds 1 messages");
        (await RunAsync(home, eu, "streams", "info", "S")).Output.ShouldContain("S holds 0 messages");
        (await RunAsync(home, eu, "routes")).Output.ShouldContain("EuConsumer takes work.> of stream 'S' on connection 'eu' as 'worker'");
        (await RunAsync(home, eu, "dlq", "list")).Error.ShouldContain("The application reads several streams. Say which one: --stream S, --stream S --connection eu.");
        (await RunAsync(home, eu, "dlq", "list", "--connection", "eu")).Output.ShouldContain("0 dead letters of stream 'S'.");

        string explained = (await RunAsync(home, eu, "explain", "work.eu")).Output;
        explained.ShouldContain("  By the default connection:");
        explained.ShouldContain("  By connection 'eu':");
        explained.ShouldContain("it holds 1 of this subject");
        explained.ShouldNotContain("none of this application");
        (await RunAsync(home, eu, "explain", "work.eu", "--connection", "eu")).Output.ShouldNotContain("WorkConsumer takes it");

        (await RunAsync(home, eu, "doctor")).Output.ShouldContain("on connection 'eu' answers, and JetStream is on.");
        await eu.Process.KillAsync();
        Ran doctor = await RunAsync(home, eu, "doctor");
        doctor.ExitCode.ShouldBe(2);
        doctor.Output.ShouldContain("on the default connection answers, and JetStream is on.");
        doctor.Output.ShouldContain("problem (unreachable): connection 'eu'");
        (await RunAsync(home, eu, "setup")).ExitCode.ShouldBe(1);
    }

    private static Worker Make(TestServer home, TestServer eu, params (string Key, string Value)[] settings) => new(
        home.Url,
        Setup,
        configure: nats => nats.AddConsumer<EuConsumer>(),
        services: services => services.AddHealthChecks().AddNatsConsumers(),
        settings: settings.Append(("Nats:Connections:eu:Url", eu.Url)).Append(("Nats:Connections:eu:SubjectPrefix", Transport.Prefix ?? "")).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2));

    private static async Task<string> ReadyAsync(Worker worker)
    {
        HealthReport report = await worker.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        HealthReportEntry entry = report.Entries.ShouldHaveSingleItem().Value;
        return $"{entry.Status} {entry.Description}";
    }

    private static async Task<Ran> RunAsync(TestServer home, TestServer eu, params string[] args)
    {
        await using Worker worker = Make(home, eu);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await RunNatsExtensions.RunAsync(worker.Services.GetRequiredService<IHost>(), args, output, error, keyboard: null);
        worker.HasEnded();
        return new Ran(exitCode, output.ToString(), error.ToString());
    }

    private sealed record Ran(int ExitCode, string Output, string Error);
}
