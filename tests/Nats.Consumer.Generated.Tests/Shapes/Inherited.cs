namespace Nats.Consumer.Tests.Shapes;

public abstract class Base : ConsumerHandler
{
    [Handle("base.public")]
    public Task OnPublicAsync() => Seen.Now("public");

    [Handle("base.virtual")]
    public virtual Task OnVirtualAsync() => Seen.Now("base");

    [Handle("base.more")]
    public virtual Task OnMoreAsync() => Seen.Now("base");

    [Handle("base.abstract")]
    public abstract Task OnAbstractAsync();

    [Handle("base.hidden")]
    public Task OnHiddenAsync() => Seen.Now("base hidden");

    public virtual Task OnUnmarkedAsync() => Seen.Now("base");

    [Handle("base.protected")]
    protected virtual Task OnProtectedAsync(Order order) => Seen.Now("base protected", order);

    [Handle("base.private")]
    private Task OnPrivateAsync() => Seen.Now("private");
}

public class Derived : Base
{
    public override Task OnVirtualAsync() => Seen.Now("derived");

    [Handle("derived.more")]
    public override Task OnMoreAsync() => Seen.Now("derived");

    public override Task OnAbstractAsync() => Seen.Now("abstract");

    [Handle("derived.hidden")]
    public new Task OnHiddenAsync() => Seen.Now("derived hidden");

    [Handle("derived.unmarked")]
    public override Task OnUnmarkedAsync() => Seen.Now("derived");

    [Handle("derived.internal")]
    internal Task OnInternalAsync() => Seen.Now("internal");

    protected override Task OnProtectedAsync(Order order) => Seen.Now("derived protected", order);

    [Handle("derived.private")]
    private Task OnPrivateAsync() => Seen.Now("derived private");
}

public sealed class MostDerived : Derived
{
    [Handle("most.virtual")]
    public sealed override Task OnVirtualAsync() => Seen.Now("most derived");

    // A call by name would mean this one, because the compiler looks at the class of the override last.
    public Task OnMoreAsync(CancellationToken cancellationToken = default) => Seen.Now("overload", cancellationToken);
}

public sealed class NothingOfItsOwn : Derived;

public abstract class GenericBase<T> : ConsumerHandler
{
    [Handle("generic.{id}")]
    public Task OnAsync(int id, T payload) => Seen.Now(id, payload);

    [Handle("generic.list")]
    public virtual Task OnListAsync(List<T> payload) => Seen.Now(payload);
}

public sealed class OfOrder : GenericBase<Order>
{
    public override Task OnListAsync(List<Order> payload) => Seen.Now("derived", payload);
}

public sealed class OfPoints : GenericBase<Point?>;

public abstract class GenericWithPrivate<T> : ConsumerHandler
{
    [Handle("generic")]
    private Task OnAsync(T payload) => Seen.Now(payload);
}

public sealed class OfGenericWithPrivate : GenericWithPrivate<Order>;

public abstract class GenericWithOverloads<T> : ConsumerHandler
{
    [Handle("generic")]
    public Task OnAsync(T payload) => Seen.Now("T", payload);

    [Handle("text")]
    public Task OnAsync(string text) => Seen.Now("text", text);
}

public sealed class OfGenericWithOverloads : GenericWithOverloads<string>;

public abstract class WithFallback : ConsumerHandler
{
    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
}

public sealed class InheritsFallback : WithFallback
{
    [Handle("a")]
    public Task OnAsync() => Seen.Now("a");
}

public class Restated : ConsumerHandler
{
    [Handle("a")]
    public virtual Task OnAsync() => Seen.Now("a");
}

public sealed class Restates : Restated
{
    [Handle("a")]
    public override Task OnAsync() => Seen.Now("a");
}

public sealed class LibraryHeir : Tabled.OpenBase<Order>
{
    public override Task OnAbstractAsync(Order payload) => Seen.Now("abstract", payload);

    [Handle("heir")]
    public override Task OnVirtualAsync(int id) => Seen.Now("heir", id);
}

public sealed class LibraryProtectedHeir : Tabled.ProtectedBase;

public sealed class LibraryHidingHeir : Tabled.HidingBase
{
    [Handle("heir")]
    public Task OnAsync() => Seen.Now("heir");
}

public sealed class LibraryGenericHidingHeir : Tabled.GenericHidingBase<Order>
{
    [Handle("heir")]
    public Task OnAsync() => Seen.Now("heir");
}

public sealed class UntabledHeir : Untabled.PlainHandler
{
    [Handle("heir")]
    public Task AnotherAsync() => Seen.Now("heir");
}

public sealed class ConsumerHeir : Tabled.LibraryConsumer;

public abstract class AbstractConsumer : PullConsumer;

public class GenericConsumer<T> : PullConsumer
{
    public override string StreamName => typeof(T).Name;
}

public sealed class OfGenericConsumer : GenericConsumer<Order>;
