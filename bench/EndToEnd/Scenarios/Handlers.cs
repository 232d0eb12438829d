using Nats.Consumer.EndToEnd.Measuring;

namespace Nats.Consumer.EndToEnd.Scenarios;

internal sealed record Order(int Id, string Customer, decimal Total, string Note);

/// <summary>One instance for all messages, and nothing read but what the runtime needs itself.</summary>
internal sealed class SingletonHandler(Meter meter) : ConsumerHandler
{
    [Handle("bench.orders.*")]
    public ValueTask OnOrder(MessageContext message)
    {
        _ = message.StreamSequence;
        meter.Count();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A new instance and a new scope for each message: what an application gets that says nothing.</summary>
internal sealed class ScopedHandler(Meter meter) : ConsumerHandler
{
    [Handle("bench.orders.*")]
    public ValueTask OnOrder(MessageContext message)
    {
        _ = message.StreamSequence;
        meter.Count();
        return ValueTask.CompletedTask;
    }
}

/// <summary>One instance; the payload is read as JSON.</summary>
internal sealed class TypedHandler(Meter meter) : ConsumerHandler
{
    [Handle("bench.orders.*")]
    public ValueTask OnOrder(Order order)
    {
        _ = order.Id;
        meter.Count();
        return ValueTask.CompletedTask;
    }
}

internal sealed record RunSettings(string Durable, int Window, Type Handler);

internal sealed class BenchConsumer(RunSettings settings) : PullConsumer
{
    public override string StreamName => Lab.Stream;

    public override string DurableName => settings.Durable;

    public override IReadOnlyList<string> Subjects => ["bench.>"];

    public override IReadOnlyList<Type> Handlers => [settings.Handler];

    public override int BatchSize => settings.Window;

    public override int MaxAckPending => Lab.MaxAckPending;
}
