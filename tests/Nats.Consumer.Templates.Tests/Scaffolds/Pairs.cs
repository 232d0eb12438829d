using System.Numerics;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>A covering array: rows of choices in which any two options are seen on and on, on and off, off and on, off and off.</summary>
internal static class Pairs
{
    /// <summary>
    /// As few rows as there can be (Kleitman and Spencer, 1973): one row of all off; in the others each option is on in the same number of rows, more than half of them, and no two options in the same ones.
    /// </summary>
    public static IReadOnlyList<bool[]> Cover(int options)
    {
        for (int rows = 3; ; rows++)
        {
            int on = rows / 2 + rows % 2;
            int[] columns = [.. Enumerable.Range(0, 1 << (rows - 1)).Where(column => BitOperations.PopCount((uint)column) == on).Take(options)];
            if (columns.Length == options)
                return [new bool[options], .. Enumerable.Range(0, rows - 1).Select(row => columns.Select(column => (column >> row & 1) == 1).ToArray())];
        }
    }

    public static IEnumerable<(int, bool, int, bool)> Of(bool[] row) =>
        from first in Enumerable.Range(0, row.Length) from second in Enumerable.Range(first + 1, row.Length - first - 1) select (first, row[first], second, row[second]);

    public static IEnumerable<(int, bool, int, bool)> All(int options) =>
        from first in Enumerable.Range(0, options)
        from second in Enumerable.Range(first + 1, options - first - 1)
        from one in (bool[])[true, false]
        from other in (bool[])[true, false]
        select (first, one, second, other);
}
