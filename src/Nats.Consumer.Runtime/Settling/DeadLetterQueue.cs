using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.DeadLetters;
using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Settling;

/// <summary>
/// Keeps copies of messages that cannot be handled in a stream of their own, next to the stream that they come from. A copy carries a message id made of stream, consumer,
/// sequence and time, so that storing it twice keeps one. The time is part of it because a stream that is deleted and made anew gives the same sequences again.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "The field's word.")]
internal sealed class DeadLetterQueue(JetStreamApi api, JetStreamPublisher publisher, string stream, string durable, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromDays(1);

    public string StreamName { get; } = DeadLetterNames.StreamOf(stream);

    private string SubjectPrefix => DeadLetterNames.PrefixOf(stream);

    /// <summary>Creates the stream for dead letters if it does not exist.</summary>
    /// <exception cref="JetStreamException">It cannot be created.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await api.GetStreamAsync(StreamName, cancellationToken).ConfigureAwait(false) is not null)
            return;
        await CheckOverlapAsync(cancellationToken).ConfigureAwait(false);
        await Operation(stream).ApplyAsync(api, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What creates the stream for the dead letters of a stream, and leaves one that exists as it is.</summary>
    public static StreamOperation Operation(string stream) => StreamOperation.Create(new StreamConfig(DeadLetterNames.StreamOf(stream))
    {
        Description = $"Messages of stream '{stream}' that could not be handled",
        Subjects = [$"{DeadLetterNames.PrefixOf(stream)}.>"],
        Retention = StreamRetention.Limits,
        Discard = StreamDiscard.New, // a full one refuses, so that no old dead letter is lost for a new one
        MaxAge = Kept,
        DuplicateWindow = DuplicateWindow,
    });

    /// <summary>
    /// Stores a copy. What is too large together with what the copy says of it is stored in two messages: the payload by itself, and the rest, which refers to it; of the rest the stack can be spared.
    /// </summary>
    /// <exception cref="NatsException">The copy was not stored.</exception>
    public async ValueTask StoreAsync(InboundMessage message, string reason, Exception? error, CancellationToken cancellationToken)
    {
        string subject = DeadLetterNames.SubjectOf(stream, durable, message.Subject);
        NatsHeaders headers = Headers(message, reason, error);
        try
        {
            await StoreAsync(subject, message.Payload, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsException e) when (IsTooLarge(e))
        {
            if (message.Payload.Length > 0)
                headers[DeadLetterNames.PayloadSequence] = (await StorePayloadAsync(message.Payload, headers[HeaderNames.MessageId]!, cancellationToken).ConfigureAwait(false)).ToString(CultureInfo.InvariantCulture);
            await StoreHeadersAsync(subject, headers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether somebody has noted that a message is tried alone, and could not take that back.</summary>
    /// <exception cref="NatsException">The server could not be asked.</exception>
    public async ValueTask<bool> IsNotedAsync(InboundMessage message, CancellationToken cancellationToken) =>
        await api.FindLastAsync(StreamName, NoteSubjectOf(message), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Notes that a message is about to be tried alone.</summary>
    /// <returns>The note's number.</returns>
    /// <exception cref="NatsException">It is not known to be stored.</exception>
    public async ValueTask<ulong> NoteAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        string subject = NoteSubjectOf(message);
        // Of this delivery there is one note, however often it is sent.
        var headers = new NatsHeaders { [HeaderNames.MessageId] = string.Create(CultureInfo.InvariantCulture, $"{subject}:{message.Ack.ConsumerSequence}") };
        return (await PublishAsync(subject, ReadOnlyMemory<byte>.Empty, headers, cancellationToken).ConfigureAwait(false)).Sequence;
    }

    /// <summary>Erases a note.</summary>
    /// <param name="subject">Its subject.</param>
    /// <param name="sequence">Its number, if that is known.</param>
    /// <exception cref="NatsException">The server does not want to, or cannot be reached.</exception>
    public async Task EraseNoteAsync(string subject, ulong? sequence)
    {
        sequence ??= (ulong?)(await api.FindLastAsync(StreamName, subject, CancellationToken.None).ConfigureAwait(false))?["seq"];
        if (sequence is { } number)
            await api.RemoveMessageAsync(StreamName, number, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Where a message's notes are.</summary>
    public string NoteSubjectOf(InboundMessage message) => DeadLetterNames.NoteSubjectOf(stream, durable, message.Ack.StreamSequence, message.Ack.UnixNanoseconds);

    private static bool IsTooLarge(NatsException error) => error is NatsPayloadTooLargeException or JetStreamApiException { ErrorCode: JetStreamErrorCodes.MessageTooLarge };

    private async ValueTask<ulong> StorePayloadAsync(ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellationToken)
    {
        string subject = DeadLetterNames.PayloadSubjectOf(stream, durable);
        try
        {
            var headers = new NatsHeaders { [HeaderNames.MessageId] = $"{messageId}:payload" };
            return (await StoreAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false)).Sequence;
        }
        catch (NatsException e) when (IsTooLarge(e))
        {
            // As large as a message can be. Without an id it may be stored twice when the worker dies right now; the dead letter refers to one of them.
            return (await PublishAsync(subject, payload, null, cancellationToken).ConfigureAwait(false)).Sequence;
        }
    }

    private async ValueTask StoreHeadersAsync(string subject, NatsHeaders headers, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(subject, ReadOnlyMemory<byte>.Empty, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsException e) when (IsTooLarge(e) && headers[DeadLetterNames.Stack] is not null)
        {
            var rest = new NatsHeaders();
            foreach (KeyValuePair<string, string> header in headers.Where(header => header.Key != DeadLetterNames.Stack))
                rest.Add(header.Key, header.Value);
            await StoreAsync(subject, ReadOnlyMemory<byte>.Empty, rest, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<PublishAck> StoreAsync(string subject, ReadOnlyMemory<byte> payload, NatsHeaders headers, CancellationToken cancellationToken)
    {
        PublishAck ack;
        try
        {
            ack = await PublishAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException) when (!headers.All(header => Ascii.IsValid(header.Value)))
        {
            // A connection that sends nothing but ASCII, as NATS.Net does unless it is told otherwise.
            headers = Changed(headers, OneLine.Escaped);
            ack = await PublishAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false);
        }

        // The server remembers ids for longer than somebody may keep the dead letter: what it takes for a second copy may be the only one.
        if (!ack.Duplicate || await api.ReadMessageAsync(StreamName, ack.Sequence, cancellationToken).ConfigureAwait(false) is not null)
            return ack;
        headers[HeaderNames.MessageId] = string.Create(CultureInfo.InvariantCulture, $"{headers[HeaderNames.MessageId]}:{time.GetUtcNow().ToUnixTimeMilliseconds()}");
        return await PublishAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false);
    }

    private static NatsHeaders Changed(NatsHeaders headers, Func<string, string> change)
    {
        var changed = new NatsHeaders();
        foreach ((string name, string value) in headers)
            changed.Add(name, change(value));
        return changed;
    }

    private async ValueTask<PublishAck> PublishAsync(string subject, ReadOnlyMemory<byte> payload, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        PublishAck ack;
        try
        {
            ack = await publisher.PublishAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamException e) when (e is not JetStreamApiException)
        {
            // No stream has answered: it may have been deleted meanwhile. Should the first copy have been stored all the same, its id keeps the second one out.
            await EnsureAsync(cancellationToken).ConfigureAwait(false);
            ack = await publisher.PublishAsync(subject, payload, headers, cancellationToken).ConfigureAwait(false);
        }

        return ack.Stream == StreamName ? ack : throw new JetStreamException($"Stream '{ack.Stream}' captured the dead letter instead of '{StreamName}'.");
    }

    private async Task CheckOverlapAsync(CancellationToken cancellationToken)
    {
        if (await api.GetStreamAsync(stream, cancellationToken).ConfigureAwait(false) is not { } source)
            return;
        SubjectPattern own = SubjectPattern.Parse($"{SubjectPrefix}.>");
        if (FilterSet.SubjectsOf(source).FirstOrDefault(own.Overlaps) is { } overlap)
        {
            throw new ConsumerConfigurationException(
                $"Stream '{stream}' captures '{overlap.Wire}', and so its own dead letters ('{own.Wire}'), which must go to a stream of their own. Narrow the stream's subjects.");
        }
    }

    private NatsHeaders Headers(InboundMessage message, string reason, Exception? error)
    {
        var headers = new NatsHeaders();
        foreach (KeyValuePair<string, string> header in message.Headers ?? [])
        {
            // Control headers would act on the copy: expire it, refuse it, or purge what is there.
            bool controls = header.Key.StartsWith(HeaderNames.ControlPrefix, StringComparison.OrdinalIgnoreCase);
            headers.Add(Sendable(controls ? $"{DeadLetterNames.OriginalPrefix}{header.Key}" : header.Key), OneLine.Of(header.Value, int.MaxValue, " "));
        }

        ulong sequence = message.Ack.StreamSequence;
        headers[HeaderNames.MessageId] = string.Create(CultureInfo.InvariantCulture, $"dead-letter:{stream}:{durable}:{sequence}:{message.Ack.UnixNanoseconds}");
        headers[DeadLetterNames.Stream] = stream;
        headers[DeadLetterNames.Consumer] = durable;
        headers[DeadLetterNames.Subject] = message.Subject;
        headers[DeadLetterNames.Sequence] = sequence.ToString(CultureInfo.InvariantCulture);
        headers[DeadLetterNames.Deliveries] = message.Ack.Delivered.ToString(CultureInfo.InvariantCulture);
        headers[DeadLetterNames.Stored] = Timestamp(new MessageContext(message).Timestamp);
        headers[DeadLetterNames.Time] = Timestamp(time.GetUtcNow());
        headers[DeadLetterNames.Reason] = OneLine.Of(reason, 1000, " ⏎ ");
        headers[DeadLetterNames.Host] = Environment.MachineName;
        if (error is not null)
        {
            headers[DeadLetterNames.Error] = error.GetType().FullName ?? error.GetType().Name;
            headers[DeadLetterNames.Stack] = OneLine.Of(error.ToString(), 4000, " ⏎ ");
        }

        return headers;
    }

    private static string Timestamp(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    // Other clients may have sent names that ours would refuse; a dead letter must not fail for that.
    private static string Sendable(string name) => string.Concat(name.Select(c => c is <= ' ' or ':' or '\x7f' ? '_' : c));
}
