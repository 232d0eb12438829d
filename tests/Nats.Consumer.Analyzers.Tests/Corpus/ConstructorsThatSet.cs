namespace Getters;
public sealed class GetterConsumer : PullConsumer
{
    private readonly TimeSpan _wait;
    public GetterConsumer(TimeSpan wait) { _wait = wait; this.MaxDeliver = (int)wait.TotalSeconds; }
    public override string StreamName { get { return "getters"; } }
    public override int MaxDeliver { get; } = 0;
    public override TimeSpan AckWait { get { if (_wait > TimeSpan.Zero) return _wait; return TimeSpan.FromMilliseconds(1); } }
    public override int Concurrency { get { return Environment.ProcessorCount; } }
}
public sealed class GetterHandler : ConsumerHandler
{
    [Handle("getters.asked")] public Task OnAskedAsync() => Task.CompletedTask;
}
