using Nats.Consumer.Client;

namespace Pipeline;

public sealed record Raw(string Text);

public sealed record Clean(string Text, int Words);

public sealed class PipelineConsumer : PullConsumer
{
    public override string StreamName => "pipeline";

    public override IReadOnlyList<string> Subjects => ["pipeline.raw"];

    protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig("pipeline") { Subjects = ["pipeline.*"], Retention = StreamRetention.Limits })];
}

public sealed class CleanHandler(IJetStream jetStream) : ConsumerHandler
{
    [Handle("pipeline.raw")]
    public async Task OnRawAsync(Raw raw, MessageContext message, CancellationToken cancellationToken)
    {
        var clean = new Clean(raw.Text.Trim(), raw.Text.Split(' ').Length);
        await jetStream.PublishAsync("pipeline.clean", clean, new PublishOptions { MessageId = $"clean-{message.StreamSequence}" }, cancellationToken);
        await jetStream.PublishAsync($"metrics.words.{clean.Words}", clean.Words, cancellationToken: cancellationToken);
        await message.PublishAsync("audit.cleaned", clean, cancellationToken: cancellationToken);
    }
}
