using System.Globalization;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>Random scenarios in which time matters - ack waits, back-offs, delays, ages - on a real server and on the in-memory one: both deliver the same, at the same times.</summary>
[Trait("Category", "Server")]
[Collection(LongFirst.Collection + nameof(TimedDifferentialTests))]
public sealed class TimedDifferentialTests(ServerTarget server) : IClassFixture<ServerTarget>, IDisposable
{
    // Half of the least distance between two things that differ in time; in beats.
    private const double Tolerance = 0.4;

    // A busy machine is late. Then the scenario is played again, slower and with few others; a difference of the servers comes again.
    private static readonly TimeSpan[] BeatsOfTries = [TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];
    private readonly SemaphoreSlim _few = new(8, 8);

    public void Dispose() => _few.Dispose();

    [Fact]
    public Task Scenarios_WithTimes_DeliverTheSameAtTheSameTimes() => PlayAsync(1, 64, 64);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Scenarios_HundredsWithTimes_DeliverTheSameAtTheSameTimes() => PlayAsync(10_000, 400, 80);

    private Task PlayAsync(int firstSeed, int count, int together)
    {
        Assert.SkipWhen(server.IsOld, "Times are compared with the newest server only.");
        return Series.PlayAsync(firstSeed, count, together, PlayAsync);
    }

    private async Task<string?> PlayAsync(int seed)
    {
        var scenario = new TimedScenario(seed);
        if (await DifferenceAsync(scenario, BeatsOfTries[0]) is null)
            return null;
        await _few.WaitAsync();
        try
        {
            string? difference = null;
            foreach (TimeSpan beat in BeatsOfTries.Skip(1))
            {
                if ((difference = await DifferenceAsync(scenario, beat)) is null)
                    break;
            }

            return difference;
        }
        finally
        {
            _few.Release();
        }
    }

    private async Task<string?> DifferenceAsync(TimedScenario scenario, TimeSpan beat)
    {
        await using InMemoryTarget memory = server.IsOld ? new InMemory29() : new InMemory215();
        await memory.InitializeAsync();
        await using var fake = new WireClient(memory);
        await using var real = new WireClient(server);
        await fake.ConnectAsync();
        await real.ConnectAsync();
        (IReadOnlyDictionary<string, double> actual, string actualEnd) = await new TimedActor(fake, scenario, beat).PlayAsync();
        (IReadOnlyDictionary<string, double> expected, string expectedEnd) = await new TimedActor(real, scenario, beat).PlayAsync();
        bool isSame = actualEnd == expectedEnd && actual.Count == expected.Count
            && expected.All(delivery => actual.TryGetValue(delivery.Key, out double at) && Math.Abs(at - delivery.Value) < Tolerance);
        return isSame ? null : $"{scenario}, beats of {beat.TotalSeconds} s\nserver:\n{Text(expected, expectedEnd)}in memory:\n{Text(actual, actualEnd)}";
    }

    private static string Text(IReadOnlyDictionary<string, double> deliveries, string end) =>
        string.Concat(deliveries.OrderBy(delivery => delivery.Value).Select(delivery => string.Create(CultureInfo.InvariantCulture, $"  {delivery.Value:0.00} {delivery.Key}\n"))) + $"  {end}\n";
}
