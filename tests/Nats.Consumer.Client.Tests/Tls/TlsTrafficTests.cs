using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

[Trait("Category", "Server")]
public sealed class TlsTrafficTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task Publish_OneMegabyteBothWays_ArrivesWhole()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await using NatsConnection connection = await OpenAsync(server);
        byte[] large = RandomNumberGenerator.GetBytes(1024 * 1024);
        var sink = new RecordingSink(message => new ValueTask(message.ReplyTo is { } reply ? connection.PublishAsync(reply, message.Payload.Span).AsTask() : Task.CompletedTask));
        await connection.SubscribeAsync("echo", sink);
        for (int round = 0; round < 5; round++)
        {
            NatsReply reply = await connection.RequestAsync("echo", large, Soon.Deadline);
            reply.Message.ShouldNotBeNull().Payload.Span.SequenceEqual(large).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Publish_FiftyThousandSmallOnes_ArriveInOrder()
    {
        const int Count = 50_000;
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await using NatsConnection connection = await OpenAsync(server);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int next = 0;
        var sink = new RecordingSink(message =>
        {
            if (Encoding.UTF8.GetString(message.Payload.Span) != next.ToString(CultureInfo.InvariantCulture))
                all.TrySetException(new InvalidOperationException($"{next} is missing"));
            if (++next == Count)
                all.TrySetResult();
            return ValueTask.CompletedTask;
        });
        await connection.SubscribeAsync("small", sink);
        for (int i = 0; i < Count; i++)
            await connection.PublishAsync("small", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
        await all.Task.WithinDeadline();
    }

    [Fact]
    public async Task Connection_ServerKilledAndStartedAgain_ComesBackOverTls()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await using var connection = new NatsConnection(tls.Options(server));
        var events = new EventLog(connection);
        var sink = new RecordingSink();
        await connection.ConnectAsync().WithinDeadline();
        await connection.SubscribeAsync("kept", sink);
        await connection.FlushAsync().WithinDeadline();
        await events.NextAsync(NatsConnectionEventKind.Connected);

        await server.KillAsync();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        await connection.PublishAsync("kept", "while away"u8);
        await server.StartAgainAsync();
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
        (await sink.NextTextAsync()).ShouldBe("while away");
        connection.ServerInfo!.TlsRequired.ShouldBeTrue();
    }

    [Fact]
    public async Task Connection_ServerComesBackWithABadCertificate_SaysSoAndWaitsForAGoodOne()
    {
        CertificatePair good = tls.Trusted.Issue("renewed");
        CertificatePair bad = tls.Trusted.Issue("run-out", validIn: TimeSpan.FromDays(-9), validFor: TimeSpan.FromDays(-2));
        var shown = new CertificatePair(tls.File("shown.pem"), tls.File("shown.key"));
        Show(good);
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(shown);
        var log = new RecordingLogger();
        NatsConnectionOptions options = tls.Options(server);
        options.LoggerFactory = log;
        options.MaxReconnectDelay = TimeSpan.FromMilliseconds(50);
        await using var connection = new NatsConnection(options);
        var events = new EventLog(connection);
        await connection.ConnectAsync().WithinDeadline();
        await events.NextAsync(NatsConnectionEventKind.Connected);

        await server.KillAsync();
        Show(bad);
        await server.StartAgainAsync();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        await Soon.HoldsAsync(() => log.Lines.Any(line => line.Level == LogLevel.Error && line.Text.Contains("expired at", StringComparison.Ordinal)), "an error in the log");
        connection.State.ShouldBe(NatsConnectionState.Reconnecting);

        await server.KillAsync();
        Show(good);
        await server.StartAgainAsync();
        await events.NextAsync(NatsConnectionEventKind.Reconnected);

        void Show(CertificatePair pair)
        {
            File.Copy(pair.CertificateFile, shown.CertificateFile, overwrite: true);
            File.Copy(pair.KeyFile, shown.KeyFile, overwrite: true);
        }
    }

    private async Task<NatsConnection> OpenAsync(NatsServerProcess server)
    {
        var connection = new NatsConnection(tls.Options(server));
        await connection.ConnectAsync().WithinDeadline();
        return connection;
    }
}
