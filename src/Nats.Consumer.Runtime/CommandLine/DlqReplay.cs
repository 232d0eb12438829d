using System.Text.Json.Nodes;

namespace Nats.Consumer.CommandLine;

/// <summary>Publishes dead letters again, one after the other, and shows how far it is.</summary>
internal static class DlqReplay
{
    public static async Task<int> RunAsync(IDeadLetters letters, DeadLetterFilter filter, ulong[] numbers, bool isDry, Screen screen, CancellationToken cancellationToken)
    {
        long total = numbers.Length > 0 ? numbers.Length : await letters.CountAsync(filter, cancellationToken).ConfigureAwait(false);
        var done = new JsonArray();
        var failed = new JsonArray();
        await foreach (DeadLetter letter in WhichAsync(letters, filter, numbers, screen, failed, cancellationToken).ConfigureAwait(false))
        {
            screen.Progress($"{done.Count + failed.Count + 1} of {total}");
            try
            {
                if (!isDry)
                    await letters.ReplayAsync(letter, cancellationToken).ConfigureAwait(false);
                done.Add((JsonNode)new JsonObject { ["number"] = letter.Sequence, ["subject"] = letter.Subject });
                if (isDry && !screen.IsJson)
                    screen.Line($"{letter.Sequence} would be published again as {letter.Subject}.");
            }
            catch (JetStreamException e)
            {
                Fail(screen, failed, letter.Sequence, e.Message);
            }
        }

        screen.EndProgress();
        if (screen.IsJson)
            screen.Json(new JsonObject { ["stream"] = letters.Stream, ["dryRun"] = isDry, ["replayed"] = done, ["failed"] = failed });
        else
            screen.Line($"{Amount.Of(done.Count, "dead letter")} of stream '{letters.Stream}' {(isDry ? "would be" : done.Count == 1 ? "was" : "were")} published again, {failed.Count} failed.");
        return failed.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async IAsyncEnumerable<DeadLetter> WhichAsync(
        IDeadLetters letters, DeadLetterFilter filter, ulong[] numbers, Screen screen, JsonArray failed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (numbers.Length == 0)
        {
            await foreach (DeadLetter letter in letters.ListAsync(filter, cancellationToken: cancellationToken).ConfigureAwait(false))
                yield return letter;
            yield break;
        }

        foreach (ulong number in numbers)
        {
            if (await letters.GetAsync(number, cancellationToken).ConfigureAwait(false) is { } letter)
                yield return letter;
            else
                Fail(screen, failed, number, "There is no such dead letter.");
        }
    }

    private static void Fail(Screen screen, JsonArray failed, ulong number, string reason)
    {
        failed.Add((JsonNode)new JsonObject { ["number"] = number, ["reason"] = reason });
        if (!screen.IsJson)
            screen.Error($"{number}: {reason}");
    }
}
