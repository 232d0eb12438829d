namespace Interest;

public sealed class ChatConsumer : PullConsumer
{
    public override string StreamName => "chats";

    public override IReadOnlyList<string> Subjects => ["chats.{room}.said", "chats.{room}.joined"];

    public override DeliverPolicy DeliverPolicy => DeliverPolicy.New;

    public override TimeSpan? InactiveThreshold => null;

    public override long MaxBytes => 1 << 20;

    protected override IEnumerable<StreamOperation> Setup() => new[]
    {
        StreamOperation.CreateOrUpdate(new StreamConfig("chats")
        {
            Subjects = new[] { "chats.*.said", "chats.*.joined", "chats.*.left" },
            Retention = StreamRetention.Interest,
        }),
    };
}

public sealed class ChatHandler : ConsumerHandler
{
    [Handle("chats.{room}.said")]
    public Task OnSaidAsync(string room, Said said) => Task.CompletedTask;

    [Handle("chats.{room}.joined")]
    public Task OnJoinedAsync(string room, string who) => Task.CompletedTask;
}

public sealed record Said(string Who, string Text);
