using Nats.Consumer.EndToEnd;
using Nats.Consumer.EndToEnd.Measuring;
using Nats.Consumer.EndToEnd.Raw;

return await Options.Command(RunAsync, Blaster.RunAsync).Parse(args).InvokeAsync();

static async Task RunAsync(Options options, CancellationToken cancellationToken)
{
    await using Lab lab = await Lab.OpenAsync(options.Url, cancellationToken);
    Console.WriteLine($"nats-server {lab.ServerVersion}, {Environment.ProcessorCount} CPUs, .NET {Environment.Version}, {options.Messages:N0} messages of {Lab.PayloadSize} B a run, "
        + $"medians of {options.Rounds} rounds after one to warm up");
    Report.WriteHead();
    foreach (Group group in Groups.All.Where(group => options.Only.Count == 0 || options.Only.Contains(group.Name)))
    {
        List<Row> rows = [.. group.Scenarios.Select(scenario => new Row(scenario.Name))];
        for (int round = 0; round <= options.Rounds; round++)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Measurement measured = await group.Scenarios[i].RunAsync(lab, options.Messages);
                if (round > 0)
                    rows[i].Measurements.Add(measured);
            }
        }

        Report.Write(group.Name, rows);
    }

    Report.WriteLegend();
}
