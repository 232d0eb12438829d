namespace GitHubEvents.Demonstration;

/// <summary>Accounts for every message that this run has published.</summary>
internal sealed class Summary(Ledger ledger, Evidence evidence, ServerView view, TimeProvider time)
{
    /// <returns>The exit code: 0 when everything adds up.</returns>
    public int Print(TextWriter output)
    {
        if (!evidence.IsComplete)
        {
            output.WriteLine("Stopped before the end: nothing was added up.");
            return 1;
        }

        HashSet<ulong> published = [.. ledger.Published];
        List<Handled> handled = [.. ledger.Handled.Where(message => published.Contains(message.Sequence))];
        List<DeadLetter> dead = [.. evidence.DeadLetters.Where(letter => published.Contains(letter.Sequence))];
        List<Retry> retries = Retry.From(ledger.Attempts.Where(attempt => published.Contains(attempt.Sequence)), time);

        output.WriteLine();
        PrintRoutes(output, handled, dead.Count);
        output.WriteLine();
        PrintFates(output, published.Count, handled.Count, retries, dead);
        output.WriteLine();
        return PrintVerdict(output, published.Count, Differences.Find([.. ledger.Published], handled, retries, dead, evidence));
    }

    private static void PrintRoutes(TextWriter output, List<Handled> handled, int dead)
    {
        output.WriteLine($"{"Route",-40}{"Messages",8}");
        foreach ((string route, int count) in Routes.Count(handled))
            output.WriteLine($"{route,-40}{count,8}");
        output.WriteLine($"{"dead letters",-40}{dead,8}");
        output.WriteLine($"{"total",-40}{handled.Count + dead,8}");
    }

    private void PrintFates(TextWriter output, int published, int handled, List<Retry> retries, List<DeadLetter> dead)
    {
        output.WriteLine($"Published      {published}: {published - 1} real payloads and a truncated copy of one");
        output.WriteLine($"Acknowledged   {handled}, each by the one route above that took it");
        foreach (Retry retry in retries)
            output.WriteLine($"Retried        {retry.Subject}, sequence {retry.Sequence}, attempt {retry.Attempt}: planned after {retry.Planned.TotalSeconds:0.000} s, came after {retry.Measured.TotalSeconds:0.000} s");
        foreach (DeadLetter letter in dead)
            output.WriteLine($"Dead-lettered  {letter.Subject}, sequence {letter.Sequence}: {letter.Reason}");
        if (ledger.Handled.Count > handled)
            output.WriteLine($"Besides        {ledger.Handled.Count - handled} messages of others or of an earlier run were handled");
        if (evidence.Consumer is { } consumer)
            output.WriteLine($"Server         {evidence.Server}: {consumer.ToDeliver} to deliver, {consumer.Unsettled} unsettled, settled up to sequence {consumer.SettledUpTo}");
        if (!view.IsInMemory)
            output.WriteLine($"Left behind    stream {GitHubConsumer.Stream} (messages expire in an hour) and its dead letters in {GitHubConsumer.DeadLetterStream}");
    }

    private static int PrintVerdict(TextWriter output, int published, IReadOnlyList<string> differences)
    {
        foreach (string difference in differences)
            output.WriteLine($"DIFFERS: {difference}");
        if (differences.Count > 0)
            return 1;
        output.WriteLine($"OK: each of the {published} messages was finished exactly once.");
        return 0;
    }
}
