namespace GitHubEvents.Demonstration;

/// <summary>A retry: how long it was to wait, and how long it took until the handler was called again.</summary>
internal sealed record Retry(ulong Sequence, string Subject, int Attempt, TimeSpan Planned, TimeSpan Measured)
{
    public static List<Retry> From(IEnumerable<Attempt> attempts, TimeProvider time)
    {
        var retries = new List<Retry>();
        foreach (IGrouping<ulong, Attempt> message in attempts.GroupBy(attempt => attempt.Sequence))
        {
            Attempt[] tries = [.. message.OrderBy(attempt => attempt.Number)];
            foreach ((Attempt failed, Attempt next) in tries.Zip(tries.Skip(1)))
            {
                TimeSpan planned = GitHubConsumer.RetryDelays[failed.Number - 1];
                retries.Add(new Retry(message.Key, failed.Subject, next.Number, planned, time.GetElapsedTime(failed.Timestamp, next.Timestamp)));
            }
        }

        return retries;
    }
}
