using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>Keeps a stream within its limits: refuses new messages or lets old ones go, and lets them go by age.</summary>
internal sealed class Limits
{
    private readonly ServerStream _stream;
    private readonly MessageBroker _broker;
    private readonly Alarm _age;
    private readonly PriorityQueue<StoredMessage, long> _timesToLive = new();

    public Limits(ServerStream stream, MessageBroker broker)
    {
        _stream = stream;
        _broker = broker;
        _age = new Alarm(broker.Schedule, RemoveExpired);
    }

    private StreamConfig Config => _stream.Config;

    private MessageStore Messages => _stream.Messages;

    /// <exception cref="ApiError">The stream discards new messages, and has no room.</exception>
    public void CheckRoomFor(in Routed message, Rollup rollup)
    {
        if (Config.Discard != Discard.New)
            return;
        SubjectMessages? same = Messages.FindSubject(message.Target);
        bool replaces = Config.MaxMsgsPerSubject > 0 && same?.Count >= Config.MaxMsgsPerSubject;
        if (replaces && Config.DiscardNewPerSubject && rollup == Rollup.None)
            throw Errors.StoreFailed("maximum messages per subject exceeded");
        if (Config.MaxMsgs > 0 && Messages.Count >= Config.MaxMsgs && !replaces)
            throw Errors.StoreFailed("maximum messages exceeded");
        bool isLoose = _stream.Server.Version.CountsBytesLoosely;
        long size = isLoose ? message.Headers.Length + message.Payload.Length + 1 : Messages.SizeOf(message.Target.Length, message.Headers.Length, message.Payload.Length);
        if (Config.MaxBytes <= 0 || Messages.Bytes + size <= Config.MaxBytes)
            return;
        StoredMessage? replaced = replaces ? same!.First : null;
        if (replaced is null || Messages.SizeOf(replaced.Subject.Utf8.Length, replaced.Headers.Length, replaced.Payload.Length) < size)
            throw Errors.StoreFailed("maximum bytes exceeded");
    }

    /// <summary>A message was stored.</summary>
    public void Enforce(StoredMessage stored)
    {
        if (Config.MaxMsgsPerSubject > 0)
            Enforce(stored.Subject);
        if (Config.Discard == Discard.Old)
            EnforceTotals();
        if (stored.ExpiresAt != Alarm.Never)
            _timesToLive.Enqueue(stored, stored.ExpiresAt);
        SetAlarm();
    }

    /// <summary>The limits have changed.</summary>
    public void Enforce()
    {
        if (Config.MaxMsgsPerSubject > 0)
        {
            foreach (SubjectMessages subject in Messages.Subjects.ToArray())
                Enforce(subject);
        }

        if (Config.Discard == Discard.Old || _stream.Server.Version.EnforcesLoweredLimits)
            EnforceTotals();
        RemoveExpired();
    }

    public void Stop() => _age.Stop();

    private void Enforce(SubjectMessages subject)
    {
        while (subject.Count > Config.MaxMsgsPerSubject)
            Messages.Remove(subject.First!.Sequence);
    }

    private void EnforceTotals()
    {
        while ((Config.MaxMsgs > 0 && Messages.Count > Config.MaxMsgs) || (Config.MaxBytes > 0 && Messages.Bytes > Config.MaxBytes && Messages.Count > 0))
            Messages.Remove(Messages.FirstSequence);
    }

    private void RemoveExpired()
    {
        long now = _broker.Now;
        while (Config.MaxAge > 0 && Messages.First is { } first && first.Time + Config.MaxAge <= now)
            Messages.Remove(first.Sequence);
        while (_timesToLive.TryPeek(out StoredMessage? message, out long expiresAt) && (message.IsRemoved || expiresAt <= now))
        {
            _timesToLive.Dequeue();
            if (!message.IsRemoved)
                Messages.Remove(message.Sequence);
        }

        SetAlarm();
    }

    private void SetAlarm()
    {
        long byAge = Config.MaxAge > 0 && Messages.First is { } first ? first.Time + Config.MaxAge : Alarm.Never;
        long byTimeToLive = _timesToLive.TryPeek(out _, out long expiresAt) ? expiresAt : Alarm.Never;
        long due = Math.Min(byAge, byTimeToLive);
        if (due == Alarm.Never)
            _age.Stop();
        else
            _age.Set(due);
    }
}
