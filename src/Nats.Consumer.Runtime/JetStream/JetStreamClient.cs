using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Nats.Consumer.DeadLetters;
using Nats.Consumer.Hosting;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.JetStream;

/// <summary>What applications get as <see cref="IJetStream"/>: each room of the house behind one door.</summary>
internal sealed partial class JetStreamClient : IJetStream
{
    private readonly JetStreamApi _api;
    private readonly JetStreamPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly SetupGate _gate;
    private readonly StreamAdministration _streams;
    private readonly ConsumerAdministration _consumers;
    private readonly MessageStore _messages;
    private readonly Fetching _fetching;
    private readonly ContinuousReading _reading;
    private readonly OrderedReading _ordered;
    private readonly DeadLetterReader _letters;

    public JetStreamClient(JetStreamApi api, JetStreamPublisher publisher, PayloadSerializer payloads, TimeProvider time, ILoggerFactory loggers, SetupGate? gate = null)
    {
        (_api, _publisher, _time, _gate) = (api, publisher, time, gate ?? new SetupGate());
        var tools = new ReadingTools(api, payloads, time, loggers.CreateLogger("Nats.Consumer.JetStream"));
        _streams = new StreamAdministration(api);
        _consumers = new ConsumerAdministration(api, time);
        _messages = new MessageStore(api, payloads);
        var lookup = new ConsumerLookup(tools, _consumers);
        _fetching = new Fetching(tools, lookup);
        _reading = new ContinuousReading(tools, lookup);
        _ordered = new OrderedReading(tools, _consumers);
        _letters = new DeadLetterReader(payloads);
    }

    private async Task<T> WhenReadyAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await action().ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> WhenReadyAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        await _gate.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        await ConnectedAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask ConnectedAsync(CancellationToken cancellationToken) => FirstConnect.EnsureAsync(_api.Connection, _time, cancellationToken);
}
