namespace Odd.Shapes;

public readonly record struct Sku(string Value) : ISpanParsable<Sku>
{
    public static Sku Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new(s.ToString());

    public static Sku Parse(string s, IFormatProvider? provider) => new(s);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Sku result) => (result = new(s.ToString())) != default;

    public static bool TryParse(string? s, IFormatProvider? provider, out Sku result) => (result = new(s ?? "")) != default;
}

public interface IHandlesStock
{
    Task OnStockAsync(Sku sku, CancellationToken cancellationToken);
}

public abstract class Tracing : ConsumerHandler
{
    protected virtual string Name => GetType().Name;

    [Handle("stock.ping")]
    public virtual Task OnPingAsync()
    {
        Console.WriteLine(Name);
        return Task.CompletedTask;
    }
}

public sealed class StockHandler : Tracing, IHandlesStock, IAsyncDisposable
{
    [Handle("stock.{sku}.counted", "stock.{sku}.booked")]
    public Task OnStockAsync(Sku sku, CancellationToken cancellationToken) => Task.Delay(sku.Value.Length, cancellationToken);

    [Handle("stock.{sku}.{event}.seen")]
    private Task SeenAsync(Sku sku, string @event) => @event is "first" ? OnPingAsync() : Task.FromResult(sku);

    [method: Handle("stock.attributes")]
    [return: System.Diagnostics.CodeAnalysis.NotNull]
    [Obsolete("Nobody sends it any more.")]
    protected internal Task OnAttributesAsync([System.ComponentModel.DataAnnotations.Required] (int Count, string[]? Tags) payload) => Task.FromResult(payload.Tags);

    [Handle(["stock.array", "stock.list"])]
    internal ValueTask OnListedAsync(IReadOnlyDictionary<string, decimal?> prices) => prices.Count > 0 ? ValueTask.CompletedTask : new ValueTask(OnPingAsync());

    public override Task OnPingAsync() => base.OnPingAsync();

    public ValueTask DisposeAsync() => default;

    [Handle("stock.nested")]
    async Task OnNestedAsync(MessageContext message)
    {
        await Local(message.Subject);

        async Task Local(string subject)
        {
            Func<string, Task> write = async text => await Console.Out.WriteLineAsync(text);
            await write(subject);
        }
    }
}
