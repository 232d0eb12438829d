using Nats.Consumer;

namespace GitHubEvents;

/// <summary>What is consumed, and how.</summary>
public sealed class GitHubConsumer : PullConsumer
{
    public const string Stream = "sample-github-events";
    public const string DeadLetterStream = $"{Stream}-dead-letters"; // the toolkit makes it
    public const string Durable = "sample-worker";
    public static readonly IReadOnlyList<TimeSpan> RetryDelays = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)];

    public override string StreamName => Stream;

    public override string DurableName => Durable;

    public override IReadOnlyList<string> Subjects => ["github.>"];

    public override int MaxDeliver => 3;

    public override IReadOnlyList<TimeSpan> BackoffDelays => RetryDelays;

    public override int Concurrency => 4;

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig(Stream) { Subjects = ["github.>"], MaxAge = TimeSpan.FromHours(1) })];
}
