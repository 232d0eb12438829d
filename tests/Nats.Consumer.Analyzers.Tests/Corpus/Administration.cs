namespace Administration;

public sealed class Provisioning(IJetStream jetStream)
{
    private static readonly StreamConfig Base = new("audit") { Subjects = ["audit.>"], MaxAge = TimeSpan.FromDays(365) };

    public async Task ProvisionAsync(string environment, CancellationToken cancellationToken)
    {
        StreamInfo audit = await jetStream.CreateOrUpdateStreamAsync(Base with { Name = $"audit-{environment}", Subjects = [$"{environment}.audit.>"] }, cancellationToken);
        await jetStream.CreateStreamAsync(new StreamConfig("copies") { Mirror = new StreamSource(audit.Config.Name) }, cancellationToken);
        await jetStream.CreateOrUpdateStreamAsync(new StreamConfig("recorder") { Subjects = [">"], NoAck = true }, cancellationToken);
        await jetStream.CreateOrUpdateConsumerAsync(
            "audit",
            new ConsumerConfig
            {
                DurableName = "reviewers",
                FilterSubjects = ["audit.orders.*", "audit.users.>"],
                AckPolicy = AckPolicy.Explicit,
                AckWait = TimeSpan.FromMinutes(1),
                MaxDeliver = 5,
            },
            cancellationToken);
        await jetStream.CreateConsumerAsync("audit", new ConsumerConfig { Name = "watch", DeliverSubject = "_INBOX.watch", AckPolicy = AckPolicy.None }, cancellationToken);
        if (await jetStream.GetStreamAsync("legacy", cancellationToken: cancellationToken) is not null)
            await jetStream.DeleteStreamAsync("legacy", cancellationToken);
        await foreach (string name in jetStream.ListStreamNamesAsync("audit.>", cancellationToken))
            Console.WriteLine(name);
    }

    public Task<StoredMessage?> LastAsync(string user) => jetStream.GetLastMessageAsync("audit", $"audit.users.{user}");
}
