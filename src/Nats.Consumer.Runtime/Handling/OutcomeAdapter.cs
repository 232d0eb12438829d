namespace Nats.Consumer.Handling;

/// <summary>What the shapes of handlers return, as one. Costs nothing when the handler has completed already.</summary>
internal static class OutcomeAdapter
{
    public static ValueTask<Outcome> FromTask(Task task) =>
        task.IsCompletedSuccessfully ? ValueTask.FromResult(Outcome.Ack) : AwaitAsync(task);

    public static ValueTask<Outcome> FromValueTask(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
            return AwaitAsync(task);
        task.GetAwaiter().GetResult(); // gives a pooled source back
        return ValueTask.FromResult(Outcome.Ack);
    }

    public static ValueTask<Outcome> FromOutcomeTask(Task<Outcome> task) => new(task);

    public static ValueTask<Outcome> FromOutcomeValueTask(ValueTask<Outcome> task) => task;

    public static async ValueTask<IReadOnlyList<Outcome>?> AllFromTask(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    public static async ValueTask<IReadOnlyList<Outcome>?> AllFromValueTask(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    public static async ValueTask<IReadOnlyList<Outcome>?> FromOutcomesTask(Task<IReadOnlyList<Outcome>> task) => Given(await task.ConfigureAwait(false));

    public static async ValueTask<IReadOnlyList<Outcome>?> FromOutcomesValueTask(ValueTask<IReadOnlyList<Outcome>> task) => Given(await task.ConfigureAwait(false));

    // No list is not a list that says that all are handled.
    private static IReadOnlyList<Outcome> Given(IReadOnlyList<Outcome>? outcomes) => outcomes ?? [];

    private static async ValueTask<Outcome> AwaitAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return Outcome.Ack;
    }

    private static async ValueTask<Outcome> AwaitAsync(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return Outcome.Ack;
    }
}
