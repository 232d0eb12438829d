using System.Runtime.CompilerServices;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Reads a stream in order, each message once, by a consumer that nobody else knows. Whatever may have cost a message (a gap in the numbers, a reconnect, silence, a consumer that is gone) makes it
/// anew, under another name, behind the last message that came (ADR-17).
/// </summary>
internal sealed class OrderedReading(ReadingTools tools, ConsumerAdministration consumers)
{
    private static readonly TimeSpan InactiveThreshold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);
    private static readonly RetryPolicy Pauses = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), jitter: 0.2);

    private readonly Random _random = new();

    public async IAsyncEnumerable<JetStreamMessage> ReadAsync(string stream, OrderedOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ulong last = 0;
        for (bool goesOn = true; goesOn;)
        {
            ConsumerInfo info = await CreateAsync(stream, options, last, cancellationToken).ConfigureAwait(false);
            PullReader reader = NewReader(info, options);
            try
            {
                goesOn = !options.StopAtEnd || info.Pending > 0;
                if (goesOn)
                    await reader.OpenAsync(cancellationToken).ConfigureAwait(false);
                for (ulong expected = 1; goesOn; expected++)
                {
                    ReadEvent next = await NextAsync(reader, info, expected, options, cancellationToken).ConfigureAwait(false);
                    if (next.Kind == ReadEventKind.Idle)
                        goesOn = false;
                    if (next.Message is not { } message || message.ConsumerSequence != expected)
                        break; // anew, behind the last
                    last = message.StreamSequence;
                    yield return message;
                    goesOn = !options.StopAtEnd || message.Pending > 0;
                }
            }
            finally
            {
                await reader.CloseAsync(handsBack: false).ConfigureAwait(false);
                await DeleteAsync(info).ConfigureAwait(false);
            }
        }
    }

    /// <returns>The next message, or what makes another consumer necessary; <see cref="ReadEventKind.Idle"/> when there is no more to come and nothing to wait for.</returns>
    private async ValueTask<ReadEvent> NextAsync(PullReader reader, ConsumerInfo info, ulong expected, OrderedOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadEvent next = await reader.NextAsync(options.StopAtEnd ? EndPatience : PullCommand.Heartbeat, cancellationToken).ConfigureAwait(false);
            if (next.Kind == ReadEventKind.Closed)
                throw new NatsConnectionException("The connection was closed while messages were being read.");
            if (next.Kind == ReadEventKind.Idle && reader.Delivered >= expected)
                return new ReadEvent(ReadEventKind.Silent); // it was delivered, and lost on its way
            if (next.Kind != ReadEventKind.Idle || (options.StopAtEnd && await IsAtEndAsync(info, expected, cancellationToken).ConfigureAwait(false)))
                return next;
        }
    }

    // The last messages may have been deleted before they could be delivered: then none says that it is the last.
    private async ValueTask<bool> IsAtEndAsync(ConsumerInfo info, ulong expected, CancellationToken cancellationToken)
    {
        try
        {
            return await consumers.GetAsync(info.Stream, info.Name, cancellationToken).ConfigureAwait(false) is { Pending: 0 } now && now.Delivered.ConsumerSequence < expected;
        }
        catch (NatsException e) when (ConsumerLookup.Passes(e))
        {
            return false;
        }
    }

    private PullReader NewReader(ConsumerInfo info, OrderedOptions options) => new(
        tools,
        new MessageAcks(tools, info.Stream, info.Name) { AcksNothing = true },
        new PullTerms(info.Stream, info.Name, PullCommand.Expires, PullCommand.Heartbeat, group: null),
        new PullWindow(options.MaxMessages),
        survivesReconnect: false);

    private async Task<ConsumerInfo> CreateAsync(string stream, OrderedOptions options, ulong last, CancellationToken cancellationToken)
    {
        for (int failures = 0; ;)
        {
            var config = new ConsumerConfig
            {
                Name = $"ordered-{Guid.NewGuid():N}", // reusing a name would change a consumer that is still there
                AckPolicy = AckPolicy.None,
                MaxDeliver = 1,
                MemoryStorage = true,
                Replicas = 1,
                InactiveThreshold = InactiveThreshold,
                HeadersOnly = options.HeadersOnly ? true : null,
                FilterSubjects = options.FilterSubjects,
                DeliverPolicy = last > 0 ? null : options.DeliverPolicy,
                StartSequence = last > 0 ? last + 1 : options.StartSequence,
                StartTime = last > 0 ? null : options.StartTime,
            };
            try
            {
                return await consumers.CreateAsync(stream, config, cancellationToken).ConfigureAwait(false);
            }
            catch (NatsException e) when (ConsumerLookup.Passes(e) && (last > 0 || failures > 0))
            {
                Log.CannotRecover(tools.Logger, config.Name, stream, e.Message);
            }

            await Task.Delay(Pauses.DelayAfter(++failures, _random.NextDouble()), tools.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The server would do it by itself, a while later.
    private async ValueTask DeleteAsync(ConsumerInfo info)
    {
        if (tools.Connection.State != NatsConnectionState.Connected)
            return;
        try
        {
            await tools.Api.DeleteConsumerAsync(info.Stream, info.Name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            Log.OrderedLeftBehind(tools.Logger, info.Name, info.Stream, e.Message);
        }
    }
}
