namespace Shop.Contracts;

public static class Subjects
{
    public const string Prefix = "orders";
    public const string Created = Prefix + ".created";
    public const string Updated = $"{Prefix}.updated";
    public const string All = Prefix + ".>";
}

public sealed class OrderConsumer : PullConsumer
{
    private const string Stream = "orders";

    public override string StreamName => Stream;

    public override IReadOnlyList<string> Subjects => [Contracts.Subjects.All];

    protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig(Stream) { Subjects = [Contracts.Subjects.All] })];
}

public sealed class OrderHandler : ConsumerHandler
{
    [Handle(Subjects.Created)]
    public Task OnCreatedAsync(MessageContext message) => Task.CompletedTask;

    [Handle(Subjects.Updated, Subjects.Prefix + ".modified")]
    public Task OnUpdatedAsync(MessageContext message) => Task.CompletedTask;
}

public sealed class OrderPublisher(IJetStream jetStream)
{
    public ValueTask<PublishAck> CreatedAsync(object order) => jetStream.PublishAsync(Subjects.Created, order);
}
