namespace Sagas;

public abstract record Step;

public sealed record Reserve(Guid SagaId, string Flight) : Step;

public sealed record Charge(Guid SagaId, decimal Amount) : Step;

public sealed class TripSaga(IJetStream jetStream, ISagaStore store) : ConsumerHandler
{
    [Handle("trips.{saga}.requested")]
    public Task OnRequestedAsync(Guid saga, Trip trip, CancellationToken ct) => AdvanceAsync(saga, new Reserve(saga, trip.Flight), ct);

    [Handle("trips.{saga}.reserved")]
    public Task OnReservedAsync(Guid saga, Trip trip, CancellationToken ct) => AdvanceAsync(saga, new Charge(saga, trip.Price), ct);

    [Handle("trips.{saga}.failed")]
    public async Task<Outcome> OnFailedAsync(Guid saga, string reason, MessageContext message, CancellationToken ct)
    {
        if (!await store.CompensateAsync(saga, ct))
            return message.DeliveryCount > 3 ? Outcome.DeadLetter(reason) : Outcome.RetryAfter(TimeSpan.FromSeconds(5 * message.DeliveryCount));
        return Outcome.Ack;
    }

    private async Task AdvanceAsync(Guid saga, Step step, CancellationToken ct)
    {
        await store.SaveAsync(saga, step, ct);
        _ = await jetStream.PublishAsync($"commands.{step.GetType().Name.ToLowerInvariant()}", step, new() { MessageId = $"{saga}-{step.GetType().Name}" }, ct);
    }
}

public sealed record Trip(string Flight, decimal Price);

public interface ISagaStore
{
    Task SaveAsync(Guid saga, Step step, CancellationToken ct);

    Task<bool> CompensateAsync(Guid saga, CancellationToken ct);
}
