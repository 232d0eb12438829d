namespace GitHubEvents.Demonstration;

/// <summary>Compares what was to happen with what did.</summary>
internal static class Differences
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5); // clocks are not finer than that
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);       // a busy machine

    public static IReadOnlyList<string> Find(
        IReadOnlyList<ulong> published, IReadOnlyList<Handled> handled, IReadOnlyList<Retry> retries, IReadOnlyList<DeadLetter> dead, Evidence evidence) =>
        [.. Finished(published, handled, dead), .. Unused(handled), .. Retried(retries), .. DeadLettered(dead, evidence.Truncated), .. Server(published, evidence.Consumer)];

    private static IEnumerable<string> Finished(IReadOnlyList<ulong> published, IReadOnlyList<Handled> handled, IReadOnlyList<DeadLetter> dead)
    {
        Dictionary<ulong, int> times = handled.Select(message => message.Sequence).Concat(dead.Select(letter => letter.Sequence)).CountBy(sequence => sequence).ToDictionary();
        if (published.Distinct().Count() != published.Count)
            yield return "the stream gave the same sequence to two messages.";
        foreach (ulong sequence in published.Where(sequence => times.GetValueOrDefault(sequence) != 1))
            yield return $"message {sequence} was finished {times.GetValueOrDefault(sequence)} times.";
    }

    private static IEnumerable<string> Unused(IReadOnlyList<Handled> handled) =>
        Routes.Count(handled).Where(route => route.Count == 0).Select(route => $"no message took the route {route.Route}.");

    private static IEnumerable<string> Retried(IReadOnlyList<Retry> retries)
    {
        if (retries.Count != Webhooks.AttemptsToFail)
            yield return $"{retries.Count} retries were seen instead of {Webhooks.AttemptsToFail}.";
        foreach (Retry retry in retries.Where(retry => retry.Measured < retry.Planned - Early || retry.Measured > retry.Planned + Late))
            yield return $"attempt {retry.Attempt} at message {retry.Sequence} came after {retry.Measured.TotalSeconds:0.000} s instead of {retry.Planned.TotalSeconds:0.000} s.";
    }

    private static IEnumerable<string> DeadLettered(IReadOnlyList<DeadLetter> dead, ulong truncated)
    {
        if (dead.Count != 1 || dead[0].Sequence != truncated)
            yield return $"the dead letters are [{string.Join(", ", dead.Select(letter => letter.Sequence))}] instead of [{truncated}].";
    }

    private static IEnumerable<string> Server(IReadOnlyList<ulong> published, ConsumerState? consumer)
    {
        if (consumer is null)
            yield return "the server does not tell how the consumer stands.";
        else if (consumer.ToDeliver != 0 || consumer.Unsettled != 0 || consumer.SettledUpTo < published.Max())
            yield return $"the server has {consumer.ToDeliver} messages to deliver and {consumer.Unsettled} unsettled, and is settled up to {consumer.SettledUpTo} of {published.Max()}.";
    }
}
