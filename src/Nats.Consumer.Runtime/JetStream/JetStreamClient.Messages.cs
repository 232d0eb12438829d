namespace Nats.Consumer.JetStream;

internal sealed partial class JetStreamClient
{
    public Task<StoredMessage?> GetMessageAsync(string stream, ulong sequence, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _messages.GetAsync(stream, sequence, cancellationToken), cancellationToken);

    public Task<StoredMessage?> GetLastMessageAsync(string stream, string subject, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _messages.GetLastAsync(stream, subject, cancellationToken), cancellationToken);

    public Task<StoredMessage?> GetNextMessageAsync(string stream, string subject, ulong fromSequence, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _messages.GetNextAsync(stream, subject, fromSequence, cancellationToken), cancellationToken);

    public Task<bool> DeleteMessageAsync(string stream, ulong sequence, bool overwrite = false, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _messages.DeleteAsync(stream, sequence, overwrite, cancellationToken), cancellationToken);
}
