using System.Runtime.CompilerServices;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Reads from a pull consumer without end.</summary>
internal sealed class ContinuousReading(ReadingTools tools, ConsumerLookup lookup)
{
    private static readonly RetryPolicy Pauses = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), jitter: 0.2);

    private readonly Random _random = new();

    public async IAsyncEnumerable<JetStreamMessage> ReadAsync(string stream, string consumer, ConsumeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ConsumerInfo info = await lookup.RequireAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
        PullReader reader = NewReader(info, options);
        try
        {
            await reader.OpenAsync(cancellationToken).ConfigureAwait(false);
            for (int failures = 0; ;)
            {
                ReadEvent next = await reader.NextAsync(PullCommand.Heartbeat, cancellationToken).ConfigureAwait(false);
                if (next.Message is { } message)
                {
                    failures = 0;
                    yield return message;
                }
                else if (next.Kind == ReadEventKind.Closed)
                {
                    throw new NatsConnectionException("The connection was closed while messages were being read.");
                }
                else if (next.Kind != ReadEventKind.Idle)
                {
                    failures = await RecoverAsync(stream, consumer, next, failures, cancellationToken).ConfigureAwait(false);
                    reader.PullAnew();
                }
            }
        }
        finally
        {
            await reader.CloseAsync(handsBack: info.Config.AckPolicy != AckPolicy.None).ConfigureAwait(false);
        }
    }

    // What the consumer limits is not asked for, so that no pull is refused for it.
    private PullReader NewReader(ConsumerInfo info, ConsumeOptions options)
    {
        int messages = Math.Min(options.MaxMessages, info.Config.MaxRequestBatch is > 0 and int batch ? batch : int.MaxValue);
        int bytes = Math.Min(options.MaxBytes ?? int.MaxValue, info.Config.MaxRequestBytes is > 0 and int most ? most : int.MaxValue);
        TimeSpan expires = info.Config.MaxRequestExpires is { } longest && longest > TimeSpan.Zero && longest < PullCommand.Expires ? longest : PullCommand.Expires;
        TimeSpan heartbeat = expires / 2 < PullCommand.Heartbeat ? expires / 2 : PullCommand.Heartbeat;
        return new PullReader(
            tools,
            lookup.AcksOf(info),
            new PullTerms(info.Stream, info.Name, expires, heartbeat, options.Group),
            new PullWindow(messages, bytes == int.MaxValue ? 0 : bytes),
            survivesReconnect: true);
    }

    /// <returns>How often recovering has failed.</returns>
    private async Task<int> RecoverAsync(string stream, string consumer, ReadEvent trouble, int failures, CancellationToken cancellationToken)
    {
        string complaint = trouble.Kind == ReadEventKind.Silent ? "no sign of life from the server" : $"the server answered a pull with '{trouble.Status}'";
        Log.CheckingConsumer(tools.Logger, consumer, stream, complaint);
        try
        {
            await lookup.RequireAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
            if (trouble.Kind == ReadEventKind.Ended && PullRefusal.IsForGood(trouble.Status))
                throw PullRefusal.Error(stream, consumer, trouble.Status);
            if (trouble.Kind == ReadEventKind.Silent)
                return 0;
        }
        catch (NatsException e) when (ConsumerLookup.Passes(e))
        {
            Log.CannotRecover(tools.Logger, consumer, stream, e.Message);
        }

        await Task.Delay(Pauses.DelayAfter(++failures, _random.NextDouble()), tools.Time, cancellationToken).ConfigureAwait(false);
        return failures;
    }
}
