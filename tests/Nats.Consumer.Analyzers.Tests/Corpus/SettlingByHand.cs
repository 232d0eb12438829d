namespace Manual;

public sealed class ManualHandler : ConsumerHandler
{
    [Handle("manual.ack")]
    public async Task OnAckAsync(MessageContext message, CancellationToken cancellationToken)
    {
        await SaveAsync(message.Payload, cancellationToken);
        await message.AckSyncAsync(cancellationToken);
    }

    [Handle("manual.choice")]
    public async Task<Outcome> OnChoiceAsync(MessageContext message, CancellationToken cancellationToken)
    {
        switch (message.Headers?["Priority"])
        {
            case "high":
                await message.AckAsync();
                return Outcome.Ack;
            case "low" when message.DeliveryCount < 3:
                await message.NakAsync(TimeSpan.FromMinutes(5));
                return Outcome.Ack;
            case null:
                await message.TermAsync("no priority");
                break;
            default:
                await SaveAsync(message.Payload, cancellationToken);
                break;
        }

        return default;
    }

    [Handle("manual.slow")]
    public async Task OnSlowAsync(MessageContext message, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 10; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            await message.InProgressAsync(cancellationToken);
        }
    }

    [Handle("manual.finally")]
    public async Task OnFinallyAsync(MessageContext message, CancellationToken cancellationToken)
    {
        bool saved = false;
        try
        {
            await SaveAsync(message.Payload, cancellationToken);
            saved = true;
        }
        finally
        {
            if (!saved && message.DeliveryCount > 2)
                await message.TermAsync("tried often enough", CancellationToken.None);
        }
    }

    private static Task SaveAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => File.WriteAllBytesAsync("payload", payload.ToArray(), cancellationToken);
}
