using Nats.Consumer;

namespace Tabled;

public class LibraryConsumer : PullConsumer
{
    public override string StreamName => "library";
}

public class PublicHandler : ConsumerHandler
{
    [Handle("library.public")]
    public Task OnAsync() => Task.CompletedTask;

    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
}

internal sealed class InternalHandler : ConsumerHandler
{
    [Handle("library.internal")]
    public Task OnAsync() => Task.CompletedTask;
}

/// <summary>A base class whose handlers heirs in other assemblies can see.</summary>
public abstract class OpenBase<T> : ConsumerHandler
{
    public List<string> Calls { get; } = [];

    [Handle("library.open.public")]
    public Task OnPublicAsync(T payload) => CallAsync($"public {payload}");

    [Handle("library.open.{id}")]
    public virtual Task OnVirtualAsync(int id) => CallAsync($"virtual {id}");

    [Handle("library.open.abstract")]
    public abstract Task OnAbstractAsync(T payload);

    protected Task CallAsync(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}

/// <summary>A base class with a handler that heirs in other assemblies cannot see, and that the reference assembly does not even hold.</summary>
public class HidingBase : ConsumerHandler
{
    [Handle("library.hidden")]
    private Task OnHiddenAsync() => Task.CompletedTask;
}

/// <inheritdoc cref="HidingBase"/>
public abstract class GenericHidingBase<T> : ConsumerHandler
{
    [Handle("library.hidden.generic")]
    internal Task OnHiddenAsync(T payload) => Task.CompletedTask;
}

public class ProtectedBase : ConsumerHandler
{
    [Handle("library.protected")]
    protected virtual Task OnProtectedAsync(string text) => Task.CompletedTask;
}
