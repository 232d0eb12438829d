using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.Servers;

/// <summary>Something that passed the server: a delivery (<c>""</c>) or what it was told about one.</summary>
internal sealed record Passed(ulong Sequence, int Delivery, string Verb, long At);

/// <summary>
/// Listens at the server to the deliveries of a stream and to their settlements, so that times between them do not depend on how busy the worker is. Needs the deliveries to go to inboxes.
/// </summary>
internal sealed class Wiretap : INatsMessageSink, IAsyncDisposable
{
    private readonly ConcurrentQueue<Passed> _passed = new();
    private readonly List<INatsSubscription> _subscriptions = [];
    private readonly byte[] _ackPrefix;

    private Wiretap(string stream) => _ackPrefix = Encoding.UTF8.GetBytes($"$JS.ACK.{Transport.OnTheServer(stream)}.");

    public IReadOnlyList<Passed> Passed => [.. _passed];

    public static async Task<Wiretap> StartAsync(TestServer server, TestStream stream, string deliveries = "_INBOX.>")
    {
        var tap = new Wiretap(stream.Name);
        tap._subscriptions.Add(await server.Connection.SubscribeAsync($"$JS.ACK.{Transport.OnTheServer(stream.Name)}.>", tap));
        tap._subscriptions.Add(await server.Connection.SubscribeAsync(deliveries, tap));
        await server.Connection.FlushAsync();
        return tap;
    }

    /// <summary>For each retry of a message the time from the negative ack to the next delivery, in milliseconds.</summary>
    public IReadOnlyList<double> Delays(ulong sequence)
    {
        Passed[] of = [.. _passed.Where(passed => passed.Sequence == sequence)];
        return
        [
            .. of.Where(passed => passed.Verb.StartsWith("-NAK", StringComparison.Ordinal)).Select(nak =>
                Stopwatch.GetElapsedTime(nak.At, of.First(passed => passed.Verb.Length == 0 && passed.Delivery == nak.Delivery + 1).At).TotalMilliseconds),
        ];
    }

    public int Count(string verb) => _passed.Count(passed => passed.Verb == verb);

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        long now = Stopwatch.GetTimestamp();
        if (message.Subject.StartsWith(_ackPrefix) && AckSubject.TryParse(message.Subject, out AckSubject told))
            _passed.Enqueue(new Passed(told.StreamSequence, told.Delivered, Encoding.UTF8.GetString(message.Payload), now));
        else if (message.ReplyTo.StartsWith(_ackPrefix) && AckSubject.TryParse(message.ReplyTo, out AckSubject delivered))
            _passed.Enqueue(new Passed(delivered.StreamSequence, delivered.Delivered, "", now));
        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason)
    {
    }

    public async ValueTask DisposeAsync()
    {
        foreach (INatsSubscription subscription in _subscriptions)
            await subscription.DisposeAsync();
    }
}
