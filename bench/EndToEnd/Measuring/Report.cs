using System.Globalization;

namespace Nats.Consumer.EndToEnd.Measuring;

internal sealed class Row(string name)
{
    public string Name => name;

    public List<Measurement> Measurements { get; } = [];
}

/// <summary>The figures as a Markdown table.</summary>
internal static class Report
{
    public static void WriteHead()
    {
        Console.WriteLine();
        Console.WriteLine("| group | scenario | msg/s | × baseline | client µs/msg | × baseline | server µs/msg | B/msg | other load | rates of the rounds |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
    }

    public static void Write(string group, IReadOnlyList<Row> rows)
    {
        Row baseline = rows[0];
        foreach (Row row in rows)
        {
            List<Measurement> all = row.Measurements;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group} | {row.Name} | {Median(all, m => m.Rate):N0} | {Ratio(row, baseline, m => m.Rate):0.00} | {Median(all, m => m.ClientCpu):0.00} | {Ratio(row, baseline, m => m.ClientCpu):0.00} "
                + $"| {Optional(all, m => m.ServerCpu, "0.00")} | {Median(all, m => m.Allocated):0.0} | {Optional(all, m => m.Foreign, "0 %")} "
                + $"| {string.Join(" ", all.Select(m => m.Rate.ToString("N0", CultureInfo.InvariantCulture) + (m.IsBusy ? "*" : "")))} |"));
        }
    }

    public static void WriteLegend()
    {
        Console.WriteLine();
        Console.WriteLine($"* other processes used more than {Measurement.TooBusy:0 %} of the machine. × baseline: the median of the ratios to the group's first row, round by round.");
    }

    private static double Ratio(Row row, Row baseline, Func<Measurement, double> value) => Median([.. row.Measurements.Zip(baseline.Measurements, (a, b) => value(a) / value(b))]);

    private static string Optional(List<Measurement> all, Func<Measurement, double?> value, string format) =>
        all.All(m => value(m) is not null) ? Median(all, m => value(m)!.Value).ToString(format, CultureInfo.InvariantCulture) : "–";

    private static double Median(List<Measurement> all, Func<Measurement, double> value) => Median([.. all.Select(value)]);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
