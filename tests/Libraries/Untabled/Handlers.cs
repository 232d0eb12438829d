using Nats.Consumer;

namespace Untabled;

public class PlainConsumer : PullConsumer
{
    public override string StreamName => "plain";
}

public class PlainHandler : ConsumerHandler
{
    [Handle("plain.public")]
    public Task OnAsync() => Task.CompletedTask;
}

internal sealed class PlainInternalHandler : ConsumerHandler
{
    [Handle("plain.internal")]
    private Task OnAsync() => Task.CompletedTask;
}
