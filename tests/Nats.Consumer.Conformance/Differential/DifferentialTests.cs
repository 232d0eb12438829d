using System.Text;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>Random scenarios, step by step on a real server and on the in-memory one: both must see the same after each step.</summary>
[Trait("Category", "Server")]
public sealed class DifferentialTests(ServerTarget server) : IClassFixture<ServerTarget>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task Scenarios_OfASeries_AreTheSame(int series) => PlayAsync(series * 1000, 60);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Scenarios_Thousands_AreTheSame() => PlayAsync(100_000, 3000);

    private async Task PlayAsync(int firstSeed, int count)
    {
        await using InMemoryTarget memory = server.IsOld ? new InMemory29() : new InMemory215();
        await memory.InitializeAsync();
        await using var real = new WireClient(server);
        await using var fake = new WireClient(memory);
        await real.ConnectAsync();
        await fake.ConnectAsync();
        var differences = new StringBuilder();
        for (int seed = firstSeed; seed < firstSeed + count && differences.Length < 20_000; seed++)
            await PlayAsync(new Scenario(seed, server.IsOld), fake, real, differences);
        differences.ToString().ShouldBeEmpty();
    }

    private static async Task PlayAsync(Scenario scenario, WireClient fake, WireClient real, StringBuilder differences)
    {
        string name = WireClient.NewName("D");
        var model = new Actor(fake, name);
        var server = new Actor(real, name);
        await model.CreateStreamAsync(scenario.Stream);
        await server.CreateStreamAsync(scenario.Stream);
        var history = new StringBuilder();
        foreach (Step step in scenario.Steps)
        {
            string expected = await server.DoAsync(step);
            string actual = await model.DoAsync(step);
            history.Append($"  {step}: {expected}\n");
            if (actual == expected)
                expected = await SettledStateAsync(server, actual = await model.StateAsync());
            if (actual == expected)
                continue;
            differences.Append($"seed {scenario.Seed}, stream {scenario.Stream}\n{history}server:\n{expected}\nin memory:\n{actual}\n\n");
            break;
        }

        await model.DeleteStreamAsync();
        await server.DeleteStreamAsync();
    }

    // The server does many things a moment after it has answered.
    private static async Task<string> SettledStateAsync(Actor server, string expected)
    {
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            string state = await server.StateAsync();
            if (state == expected || System.Diagnostics.Stopwatch.GetElapsedTime(begin) > Patience)
                return state;
            await Task.Delay(2);
        }
    }
}
