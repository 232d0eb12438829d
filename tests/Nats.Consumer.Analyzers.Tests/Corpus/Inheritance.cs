namespace Families;

public abstract class AnimalHandler : ConsumerHandler
{
    [Handle("animals.fed")]
    public virtual Task OnFedAsync(MessageContext message) => Task.CompletedTask;

    [Handle("animals.born")]
    public Task OnBornAsync(MessageContext message) => Task.CompletedTask;
}

public class CatHandler : AnimalHandler
{
    public override Task OnFedAsync(MessageContext message) => base.OnFedAsync(message);

    [Handle("animals.cats.stroked")]
    public Task OnStrokedAsync(MessageContext message) => Task.CompletedTask;
}

public sealed class LionHandler : CatHandler
{
    [Handle("animals.lions.roared")]
    public Task OnRoaredAsync(MessageContext message) => Task.CompletedTask;

    public sealed override Task OnFedAsync(MessageContext message) => Task.FromException(new InvalidOperationException("not without gloves"));
}
