namespace Shared;

internal static class EventStream
{
    public const string Name = "events";

    public static StreamConfig Config { get; } = new(Name) { Subjects = ["events.>"], MaxAge = TimeSpan.FromDays(30) };

    public static IEnumerable<StreamOperation> Setup { get; } = [StreamOperation.CreateOrUpdate(Config)];
}

public sealed class SearchIndexer : PullConsumer
{
    public override string StreamName => EventStream.Name;

    public override IReadOnlyList<string> Subjects => ["events.documents.>"];

    protected override IEnumerable<StreamOperation> Setup() => EventStream.Setup;
}

public sealed class Mailer : PullConsumer
{
    public override string StreamName => EventStream.Name;

    public override IReadOnlyList<string> Subjects => ["events.users.*", "events.documents.shared"];

    protected override IEnumerable<StreamOperation> Setup() => EventStream.Setup;
}
