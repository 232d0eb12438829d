namespace Nats.Consumer.Tests.Shapes;

/// <summary>What generated code cannot name or call.</summary>
public static class Hiding
{
    private sealed class PrivateHandler : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync() => Seen.Now("private");
    }

    private sealed class PrivateConsumer : PullConsumer
    {
        public override string StreamName => "private";
    }

    private static class PrivateOuter
    {
        internal sealed class InnerHandler : ConsumerHandler
        {
            [Handle("a")]
            public Task OnAsync() => Seen.Now("inner");
        }
    }
}

public class ProtectedOuter
{
    protected sealed class ProtectedHandler : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync() => Seen.Now("protected");
    }
}

file sealed class LocalHandler : ConsumerHandler
{
    [Handle("a")]
    public Task OnAsync() => Seen.Now("local");
}

file sealed class LocalConsumer : PullConsumer
{
    public override string StreamName => "local";
}

file sealed record LocalPayload(int Number);

public sealed class PrivatePayload : ConsumerHandler
{
    private sealed record Hidden(int Number);

    [Handle("a")]
    private Task OnAsync(Hidden payload) => Seen.Now(payload);
}

public sealed class PrivatePayloadInside : ConsumerHandler
{
    private sealed record Hidden(int Number);

    [Handle("a")]
    private Task OnAsync(IReadOnlyList<Dictionary<string, Hidden[]>> payload) => Seen.Now(payload.Count);
}

public sealed class Accessor : ConsumerHandler
{
    public Task Pending
    {
        [Handle("a")]
        get => Seen.Now("accessor");
    }
}

public sealed class OutOfNull : ConsumerHandler
{
    [Handle(null!)]
    public Task OnAsync() => Seen.Now("null");
}

public sealed class NullInside : ConsumerHandler
{
    [Handle("a", null!)]
    public Task OnAsync() => Seen.Now("null");
}
