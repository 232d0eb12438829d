namespace Nats.Consumer.Hosting;

/// <summary>While the worker sets up, what the application asks of JetStream waits: its streams may not be there yet.</summary>
internal sealed class SetupGate
{
    private TaskCompletionSource? _opened;

    /// <summary>Completes when the worker has set up, or has nothing to set up, or has failed to.</summary>
    public Task Opened => Volatile.Read(ref _opened)?.Task ?? Task.CompletedTask;

    public void Close() => Volatile.Write(ref _opened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open() => Volatile.Read(ref _opened)?.TrySetResult();
}
