using Microsoft.Extensions.Options;

namespace Configured;

public sealed class WorkerOptions
{
    public string Stream { get; set; } = "work";

    public string[] Subjects { get; set; } = ["work.>"];

    public int Parallel { get; set; } = 4;

    public TimeSpan[] Delays { get; set; } = [];
}

public sealed class WorkConsumer(IOptions<WorkerOptions> options) : PullConsumer
{
    private readonly WorkerOptions _options = options.Value;

    public override string StreamName => _options.Stream;

    public override IReadOnlyList<string> Subjects => _options.Subjects;

    public override int Concurrency => _options.Parallel;

    public override int MaxDeliver => _options.Delays.Length + 1;

    public override IReadOnlyList<TimeSpan> BackoffDelays => _options.Delays;

    public override string? DurableName => Environment.GetEnvironmentVariable("DURABLE");

    public override IReadOnlyList<Type> Handlers
    {
        get
        {
            var handlers = new List<Type> { typeof(WorkHandler) };
            if (_options.Parallel > 1)
                handlers.Add(typeof(ParallelHandler));
            return handlers;
        }
    }

    protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig(_options.Stream) { Subjects = _options.Subjects })];
}

public sealed class WorkHandler : ConsumerHandler
{
    [Handle("work.done")]
    public Task OnDoneAsync() => Task.CompletedTask;
}

public sealed class ParallelHandler : ConsumerHandler
{
    [Handle("play.done")]
    public Task OnDoneAsync() => Task.CompletedTask;
}
