using System.Globalization;
using System.Runtime.CompilerServices;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.DeadLetters;

/// <summary>The dead letters of one stream, by what applications can do themselves with the stream that keeps them.</summary>
internal sealed class StreamDeadLetters(IJetStream jetStream, JetStreamPublisher publisher, DeadLetterReader reader, string stream) : IDeadLetters
{
    public string Stream => stream;

    public string DeadLetterStream { get; } = DeadLetterNames.StreamOf(stream);

    public async Task<long> CountAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var options = new StreamInfoOptions { SubjectsFilter = (filter ?? new DeadLetterFilter()).WireFor(stream) };
        StreamInfo? info = await FindAsync(options, cancellationToken).ConfigureAwait(false);
        return info?.State.Subjects.Sum(subject => DeadLetterNames.IsPart(subject.Key.Split('.')[2]) ? 0 : subject.Value) ?? 0;
    }

    public async IAsyncEnumerable<DeadLetter> ListAsync(DeadLetterFilter? filter = null, ulong after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (DeadLetter letter in ReadAsync(filter, after, headersOnly: false, cancellationToken).ConfigureAwait(false))
            yield return await WithPayloadAsync(letter, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeadLetter?> GetAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(null, cancellationToken).ConfigureAwait(false) is null
            || await jetStream.GetMessageAsync(DeadLetterStream, sequence, cancellationToken).ConfigureAwait(false) is not { } message)
        {
            return null;
        }

        DeadLetter? letter = reader.Read(stream, message.Sequence, message.Subject, message.Timestamp, message.Headers, message.Payload);
        return letter is null ? null : await WithPayloadAsync(letter, cancellationToken).ConfigureAwait(false);
    }

    public async Task<PublishAck> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.IsPayloadMissing)
        {
            throw new JetStreamException(
                $"The payload of dead letter {letter.Sequence} ('{letter.Subject}') is gone: it was message {letter.PayloadSequence} of stream '{DeadLetterStream}', which somebody has deleted. Delete the dead letter, or publish the message anew.");
        }

        PublishAck ack = await PublishAsync(letter, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(letter, cancellationToken).ConfigureAwait(false);
        return ack;
    }

    public async Task<DeadLetterReplay> ReplayAllAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        // What is replayed may fail again and come back as a dead letter; it is not replayed for ever.
        ulong last = (await FindAsync(null, cancellationToken).ConfigureAwait(false))?.State.LastSequence ?? 0;
        long replayed = 0;
        var failed = new List<DeadLetterReplayFailure>();
        await foreach (DeadLetter letter in ListAsync(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (letter.Sequence > last)
                break;
            try
            {
                await ReplayAsync(letter, cancellationToken).ConfigureAwait(false);
                replayed++;
            }
            catch (NatsException e) when (e is JetStreamException or NatsPayloadTooLargeException)
            {
                failed.Add(new DeadLetterReplayFailure(letter.Sequence, letter.Subject, e.Message));
            }
        }

        return new DeadLetterReplay(replayed, failed);
    }

    public async Task<bool> DeleteAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        DeadLetter? letter = await GetAsync(sequence, cancellationToken).ConfigureAwait(false);
        return letter is not null && await DeleteAsync(letter, cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> PurgeAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default)
    {
        List<DeadLetter> letters = await ReadAsync(filter, after: 0, headersOnly: true, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (letters.Count == 0)
            return 0;
        // For each consumer by itself: a payload whose letter is just being written is left alone.
        foreach (string consumer in letters.Select(letter => letter.Consumer).Distinct())
        {
            string subject = new DeadLetterFilter { Consumer = consumer, Subject = filter?.Subject }.WireFor(stream);
            await jetStream.PurgeStreamAsync(DeadLetterStream, new PurgeOptions { Subject = subject, UpToSequence = letters[^1].Sequence + 1 }, cancellationToken).ConfigureAwait(false);
        }

        foreach (DeadLetter letter in letters.Where(letter => letter.PayloadSequence is not null))
            await jetStream.DeleteMessageAsync(DeadLetterStream, letter.PayloadSequence!.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
        return letters.Count;
    }

    private async Task<PublishAck> PublishAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            NatsHeaders headers = OwnHeaders(letter);
            headers[HeaderNames.MessageId] = $"replay:{letter.Id}";
            headers[HeaderNames.ExpectedStream] = letter.Stream;
            headers[DeadLetterNames.Replays] = (letter.Replays + 1).ToString(CultureInfo.InvariantCulture);
            return await publisher.PublishAsync(letter.Subject, letter.Payload, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsException e) when (e is NatsPayloadTooLargeException or JetStreamApiException { ErrorCode: JetStreamErrorCodes.MessageTooLarge })
        {
            // As large as a message can be. It was stored with its own headers once, so it can be again.
            NatsHeaders own = OwnHeaders(letter);
            return await publisher.PublishAsync(letter.Subject, letter.Payload, own.Count > 0 ? own : null, cancellationToken).ConfigureAwait(false);
        }
    }

    // Control headers would act anew: refuse it, expire it, or purge what is there. An id of its own would be taken for the first time that it was published.
    private static NatsHeaders OwnHeaders(DeadLetter letter)
    {
        var headers = new NatsHeaders();
        foreach (KeyValuePair<string, string> header in letter.Headers ?? [])
        {
            if (!header.Key.StartsWith(HeaderNames.ControlPrefix, StringComparison.OrdinalIgnoreCase))
                headers.Add(header.Key, header.Value);
        }

        return headers;
    }

    private async IAsyncEnumerable<DeadLetter> ReadAsync(
        DeadLetterFilter? filter, ulong after, bool headersOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string subject = (filter ?? new DeadLetterFilter()).WireFor(stream);
        if (await FindAsync(null, cancellationToken).ConfigureAwait(false) is null)
            yield break;
        var options = new OrderedOptions { FilterSubjects = [subject], StartSequence = after > 0 ? after + 1 : null, HeadersOnly = headersOnly, StopAtEnd = true };
        await foreach (JetStreamMessage message in jetStream.ConsumeOrderedAsync(DeadLetterStream, options, cancellationToken).ConfigureAwait(false))
        {
            if (reader.Read(stream, message.StreamSequence, message.Subject, message.Timestamp, message.Headers, message.Payload) is { } letter)
                yield return letter;
        }
    }

    // A payload that was too large for one message with the rest is a message of its own.
    private async ValueTask<DeadLetter> WithPayloadAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter.PayloadSequence is not { } sequence)
            return letter;
        StoredMessage? payload = await jetStream.GetMessageAsync(DeadLetterStream, sequence, cancellationToken).ConfigureAwait(false);
        return letter with { Payload = payload?.Payload ?? default, IsPayloadMissing = payload is null };
    }

    private async Task<bool> DeleteAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        bool existed = await jetStream.DeleteMessageAsync(DeadLetterStream, letter.Sequence, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (letter.PayloadSequence is { } payload)
            await jetStream.DeleteMessageAsync(DeadLetterStream, payload, cancellationToken: cancellationToken).ConfigureAwait(false);
        return existed;
    }

    // A stream without dead letters may have none to keep them: it is made when the first consumer starts.
    private async Task<StreamInfo?> FindAsync(StreamInfoOptions? options, CancellationToken cancellationToken)
    {
        if (await jetStream.GetStreamAsync(DeadLetterStream, options, cancellationToken).ConfigureAwait(false) is { } info)
            return info;
        return await jetStream.GetStreamAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false) is not null
            ? null
            : throw new JetStreamException($"There is neither a stream '{stream}' nor a stream '{DeadLetterStream}' with its dead letters. Check the name.");
    }
}
