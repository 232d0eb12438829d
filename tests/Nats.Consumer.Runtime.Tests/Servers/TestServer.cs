using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Tests.Servers;

/// <summary>A nats-server, and a connection of the test's own to look at it from the side. A class fixture, or started by a test that ill-treats it.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private static int _streams;
    private readonly NatsServerOptions _options;

    public TestServer()
        : this(new NatsServerOptions())
    {
    }

    private TestServer(NatsServerOptions options) => _options = options;

    public NatsServerProcess Process { get; private set; } = null!;

    public string Url => Process.Url;

    public Version Version => Process.Version;

    /// <summary>From 2.10 on a consumer can have several filters, and labels are kept.</summary>
    public bool Is210 => Version >= new Version(2, 10);

    internal INatsConnection Connection { get; private set; } = null!;

    internal JetStreamApi Api { get; private set; } = null!;

    internal JetStreamPublisher Publisher { get; private set; } = null!;

    /// <summary>What <see cref="JetStream"/> logs.</summary>
    internal CapturedLog Log { get; } = new();

    /// <summary>What applications get.</summary>
    public IJetStream JetStream { get; private set; } = null!;

    public static async Task<TestServer> StartAsync(NatsServerOptions? options = null)
    {
        var server = new TestServer(options ?? new NatsServerOptions());
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(NatsServerBinary.TryFind(out _), "There is no nats-server.");
        Process = await NatsServerProcess.StartAsync(_options);
        Connection = Transport.Create(Url, _options.Username, _options.Password);
        await Connection.ConnectAsync();
        TimeSpan timeout = TimeSpan.FromSeconds(5);
        Api = new JetStreamApi(Connection, timeout);
        var payloads = new PayloadSerializer();
        Publisher = new JetStreamPublisher(Connection, payloads, timeout, TimeProvider.System);
        JetStream = new JetStreamClient(Api, Publisher, payloads, TimeProvider.System, LoggerFactory.Create(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug)));
    }

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
            await Connection.DisposeAsync();
        if (Process is not null)
            await Process.DisposeAsync();
    }

    public static string NewName() => $"S{Interlocked.Increment(ref _streams)}";

    /// <summary>A stream of the test's own, deleted with its dead letters when the test is over.</summary>
    internal async Task<TestStream> StreamAsync(string subjects = "work.>", Action<JsonObject>? configure = null)
    {
        var config = new JsonObject { ["name"] = NewName(), ["subjects"] = new JsonArray([.. subjects.Split(' ').Select(subject => (JsonNode)subject)]) };
        configure?.Invoke(config);
        await Api.CreateStreamAsync(config, CancellationToken.None);
        return new TestStream(this, (string)config["name"]!);
    }

    /// <summary>Asks the JetStream API past the code under test.</summary>
    internal async Task<JsonObject> AskAsync(string subject, JsonObject? body = null)
    {
        NatsReply reply = await Connection.RequestAsync($"$JS.API.{subject}", Encoding.UTF8.GetBytes(body?.ToJsonString() ?? ""), TimeSpan.FromSeconds(5));
        var answer = JsonSerializer.Deserialize<JsonObject>(reply.Message.Payload.Span)!;
        answer["error"].ShouldBeNull(subject);
        return answer;
    }
}
