using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Settling;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Notes on the server that messages are being tried alone. One that is found says that a worker went down meanwhile, unless this process knows better: because it wrote the note and never heard whether it was
/// stored, or could not erase it when the trial was over.
/// </summary>
internal sealed class TrialNotes(DeadLetterQueue deadLetters, TimeProvider time, ILogger logger)
{
    private const int Tries = 20;

    private readonly ConcurrentDictionary<string, ulong?> _void = new(StringComparer.Ordinal);

    /// <summary>Whether a worker went down while the message was tried alone.</summary>
    /// <exception cref="NatsException">The server could not be asked.</exception>
    public async ValueTask<bool> TellOfACrashAsync(InboundMessage message, CancellationToken cancellationToken) =>
        await deadLetters.IsNotedAsync(message, cancellationToken).ConfigureAwait(false) && !_void.ContainsKey(deadLetters.NoteSubjectOf(message));

    /// <summary>Notes that a message is about to be tried alone.</summary>
    /// <exception cref="NatsException">It is not known to be stored.</exception>
    public async ValueTask<TrialNote> WriteAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        string subject = deadLetters.NoteSubjectOf(message);
        try
        {
            ulong sequence = await deadLetters.NoteAsync(message, cancellationToken).ConfigureAwait(false);
            _void.TryRemove(subject, out _);
            return new TrialNote(this, subject, sequence);
        }
        catch (Exception e) when (e is not JetStreamApiException) // which says that it is not stored
        {
            _ = EraseAsync(subject, null);
            throw;
        }
    }

    /// <summary>Erases a note, now or as soon as the server can be reached; from now on it says nothing to this process.</summary>
    public async Task EraseAsync(string subject, ulong? sequence)
    {
        _void[subject] = sequence;
        if (!await TryEraseAsync(subject, sequence).ConfigureAwait(false))
            _ = EraseLaterAsync(subject, sequence);
    }

    private async Task EraseLaterAsync(string subject, ulong? sequence)
    {
        for (int i = 1; i <= Tries; i++)
        {
            await Task.Delay(RetryPolicy.Default.DelayAfter(i, 0.5), time).ConfigureAwait(false);
            if (!_void.ContainsKey(subject) || await TryEraseAsync(subject, sequence).ConfigureAwait(false))
                return;
        }
    }

    private async Task<bool> TryEraseAsync(string subject, ulong? sequence)
    {
        try
        {
            await deadLetters.EraseNoteAsync(subject, sequence).ConfigureAwait(false);
        }
        catch (JetStreamApiException e)
        {
            Log.NoteStays(logger, subject, deadLetters.StreamName, e.Message); // the server does not want to
            return true;
        }
        catch (Exception e) when (e is NatsException or ObjectDisposedException)
        {
            Log.NoteStays(logger, subject, deadLetters.StreamName, e.Message);
            return false;
        }

        _void.TryRemove(subject, out _);
        return true;
    }
}

/// <summary>A note that is on the server.</summary>
internal sealed class TrialNote(TrialNotes notes, string subject, ulong sequence)
{
    private int _isErased;

    /// <summary>Erases it, once.</summary>
    public Task EraseAsync() => Interlocked.Exchange(ref _isErased, 1) == 0 ? notes.EraseAsync(subject, sequence) : Task.CompletedTask;
}
