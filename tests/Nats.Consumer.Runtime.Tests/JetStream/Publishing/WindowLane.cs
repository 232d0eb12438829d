using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream.Publishing;

/// <summary>A window on a connection to nowhere: the test answers for the stream.</summary>
internal sealed class WindowLane : IAsyncDisposable
{
    private readonly List<PublishResult> _results = [];

    public WindowLane(int maxPending = 4, bool reports = true, Func<PublishWindowOptions, PublishWindowOptions>? configure = null, Action<PublishResult>? onResult = null)
    {
        PublishWindowOptions options = new() { MaxPending = maxPending, OnResult = reports ? onResult ?? Keep : null };
        Pipeline = new PublishPipeline(Connection, new PayloadSerializer(), configure?.Invoke(options) ?? options, TimeSpan.FromSeconds(5), Time);
        Window = new PublishWindow(Pipeline);
    }

    public RecordingConnection Connection { get; } = new();

    public ManualTime Time { get; } = new();

    public PublishPipeline Pipeline { get; }

    public PublishWindow Window { get; }

    public IReadOnlyList<PublishResult> Results
    {
        get
        {
            lock (_results)
                return [.. _results];
        }
    }

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<Sent> Sent => [.. Connection.Published];

    public Task PublishAsync(string subject = "a.b", string? id = null, object? state = null) =>
        Window.PublishAsync(subject, Encoding.UTF8.GetBytes("x"), id is null ? null : new PublishOptions { MessageId = id }, state).AsTask();

    public void Confirm(string replyTo, ulong sequence, bool duplicate = false) =>
        Answer(replyTo, $$"""{"stream":"S","seq":{{sequence}}{{(duplicate ? ",\"duplicate\":true" : "")}}}""");

    public void Answer(string replyTo, string json) =>
        Deliver(new ReceivedMessage(Encoding.UTF8.GetBytes(replyTo), [], [], Encoding.UTF8.GetBytes(json)));

    public void NoResponders(string replyTo) =>
        Deliver(new ReceivedMessage(Encoding.UTF8.GetBytes(replyTo), [], "NATS/1.0 503\r\n\r\n"u8, []));

    public void Deliver(in ReceivedMessage message) => Connection.Sink!.OnMessageAsync(message).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

    public void Disconnect()
    {
        Connection.State = NatsConnectionState.Reconnecting;
        Connection.Raise(NatsConnectionEventKind.Disconnected);
    }

    public void Reconnect()
    {
        Connection.State = NatsConnectionState.Connected;
        Connection.Raise(NatsConnectionEventKind.Reconnected);
    }

    public ValueTask DisposeAsync() => Window.DisposeAsync();

    private void Keep(PublishResult result)
    {
        lock (_results)
            _results.Add(result);
    }
}
