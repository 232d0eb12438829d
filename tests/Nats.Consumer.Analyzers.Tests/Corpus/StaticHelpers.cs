namespace Helpers;

internal static class Deliveries
{
    public static async Task<Outcome> GuardAsync(Func<Task> work, MessageContext message)
    {
        try
        {
            await work();
            return Outcome.Ack;
        }
        catch (InvalidDataException e)
        {
            return Outcome.DeadLetter(e.Message);
        }
        catch (Exception) when (message.DeliveryCount > 5)
        {
            return Outcome.Drop("enough");
        }
    }

    public static ValueTask FinishAsync(this MessageContext message, bool well) => well ? message.AckAsync() : message.NakAsync();
}

public sealed class GuardedHandler : ConsumerHandler
{
    [Handle("guarded.work")]
    public Task<Outcome> OnWorkAsync(MessageContext message, CancellationToken cancellationToken) => Deliveries.GuardAsync(() => Task.Delay(1, cancellationToken), message);

    [Handle("guarded.finish")]
    public async Task OnFinishAsync(MessageContext message) => await message.FinishAsync(message.DeliveryCount > 1);
}
