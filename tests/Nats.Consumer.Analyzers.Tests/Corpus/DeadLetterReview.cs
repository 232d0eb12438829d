namespace Review;

/// <summary>Reads what the toolkit has put aside.</summary>
public sealed class DeadOrders : PullConsumer
{
    public override string StreamName => "orders-dead-letters";

    public override IReadOnlyList<string> Subjects => ["dead-letters.orders.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(DeadOrderHandler)];
}

public sealed class DeadOrderHandler(IJetStream jetStream) : ConsumerHandler
{
    [Handle("dead-letters.orders.{durable}.orders.created")]
    public async Task OnCreatedAsync(string durable, byte[] payload, MessageContext message, CancellationToken cancellationToken)
    {
        if (message.Headers?["Dead-Letter-Reason"] is { } reason && reason.Contains("time", StringComparison.OrdinalIgnoreCase))
            await jetStream.PublishAsync(message.Headers["Dead-Letter-Subject"]!, payload, cancellationToken: cancellationToken);
    }

    [Handle("dead-letters.orders.>")]
    public Task OnOtherAsync(MessageContext message) => Console.Error.WriteLineAsync($"{message.Subject} at {message.Timestamp:u}");
}
