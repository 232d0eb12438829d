using System.Collections.Immutable;

namespace Lists;

public sealed class ListConsumer : PullConsumer
{
    private static readonly string[] Base = ["lists.a", "lists.b"];
    private static readonly ImmutableArray<string> More = ["lists.c"];

    public override string StreamName => "lists";

    public override IReadOnlyList<string> Subjects { get; } = [.. Base, .. More, "lists.d"];

    public override IReadOnlyList<Type> Handlers { get; } = [.. AllHandlers()];

    private static IEnumerable<Type> AllHandlers() => typeof(ListConsumer).Assembly.GetTypes().Where(type => type.Name.EndsWith("ListHandler", StringComparison.Ordinal));
}

public sealed class FirstListHandler : ConsumerHandler
{
    [Handle("lists.a", "lists.b", "lists.c", "lists.d")]
    public Task OnAsync(MessageContext message) => Task.CompletedTask;
}

public sealed class OtherConsumer : PullConsumer
{
    public override string StreamName => "others";

    public override IReadOnlyList<string> Subjects => new HashSet<string> { "others.a", "others.b" }.ToList();

    public override int Concurrency => (int)Math.Sqrt(16);
}
