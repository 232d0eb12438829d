namespace Nats.Consumer.Configuration;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestion
{
    /// <summary><c> Did you mean 'x'?</c> where something known is near; else nothing.</summary>
    public static string For(string unknown, IEnumerable<string> known) => Nearest(unknown, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The known word that is nearest by insertions, deletions, replacements and swaps of neighbours, if it is near enough: a third of the letters.</summary>
    public static string? Nearest(string unknown, IEnumerable<string> known)
    {
        (string? best, int least) = (null, (Math.Max(unknown.Length, 3) / 3) + 1);
        foreach (string word in known)
        {
            int distance = Distance(unknown.ToUpperInvariant(), word.ToUpperInvariant());
            if (distance < least)
                (best, least) = (word, distance);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
