namespace Hidden;

internal sealed class HiddenHandler : ConsumerHandler
{
    [Handle("hidden.private")]
    private Task OnPrivateAsync(MessageContext message) => Task.CompletedTask;

    [Handle("hidden.protected")]
    private protected ValueTask OnProtectedAsync(MessageContext message) => ValueTask.CompletedTask;

    [Handle("hidden.internal")]
    internal Task<Outcome> OnInternalAsync(MessageContext message) => Task.FromResult(Outcome.Ack);
}

file sealed class FileLocalHandler : ConsumerHandler
{
    [Handle("hidden.file")]
    public Task OnFileAsync(MessageContext message) => Task.CompletedTask;
}
