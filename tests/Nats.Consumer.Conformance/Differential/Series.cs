using System.Collections.Concurrent;
using System.Globalization;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>Plays many scenarios, several at a time, and collects the differences.</summary>
internal static class Series
{
    private const int MostDifferences = 5;

    /// <param name="firstSeed">The seed of the first scenario; the others follow.</param>
    /// <param name="count">How many.</param>
    /// <param name="atATime">How many at a time.</param>
    /// <param name="play">Plays one; the result is the difference, <see langword="null"/> for none.</param>
    public static async Task PlayAsync(int firstSeed, int count, int atATime, Func<int, Task<string?>> play)
    {
        // A failing one is repeated alone: SEED=2023 dotnet test … --filter Differential
        if (int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out int only))
            (firstSeed, count) = (only, 1);
        var differences = new ConcurrentQueue<(int Seed, string Text)>();
        await Parallel.ForEachAsync(
            Enumerable.Range(firstSeed, count),
            new ParallelOptions { MaxDegreeOfParallelism = atATime },
            async (seed, _) =>
            {
                if (differences.Count < MostDifferences && await play(seed) is { } difference)
                    differences.Enqueue((seed, difference));
            });
        string.Concat(differences.OrderBy(difference => difference.Seed).Select(difference => $"SEED={difference.Seed}\n{difference.Text}\n\n")).ShouldBeEmpty();
    }
}
