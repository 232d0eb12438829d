using System.Text;
using System.Text.Json;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

/// <summary>The server refuses streams whose subjects overlap. A literal first token of its own keeps each pair apart from the others.</summary>
[Trait("Category", "Server")]
public class ServerOverlapTests
{
    private const int Pairs = 1_500;
    private const int StreamsOverlap = 10065;
    private const int InvalidStream = 10052;

    [Fact]
    public async Task Overlaps_RandomPairs_IsWhenTheServerRefusesTheSecondStream()
    {
        var pairs = RandomPairs();
        var streams = pairs.SelectMany((pair, i) => new[] { ($"A{i}", new[] { pair.Left }), ($"B{i}", [pair.Right]) });

        var errors = await CreateStreamsAsync(streams);

        foreach (var (pair, i) in pairs.Select((pair, i) => (pair, i)))
        {
            var refusals = new[] { errors[$"A{i}"], errors[$"B{i}"] }.Where(error => error != 0);
            refusals.ShouldBe(SubjectPattern.Parse(pair.Left).Overlaps(SubjectPattern.Parse(pair.Right)) ? [StreamsOverlap] : [], $"{pair.Left} and {pair.Right}");
        }
    }

    [Fact]
    public async Task Overlaps_RandomPairs_IsWhenTheServerRefusesBothInOneStream()
    {
        var pairs = RandomPairs();

        var errors = await CreateStreamsAsync(pairs.Select((pair, i) => ($"A{i}", new[] { pair.Left, pair.Right })));

        foreach (var (pair, i) in pairs.Select((pair, i) => (pair, i)))
        {
            var expected = SubjectPattern.Parse(pair.Left).Overlaps(SubjectPattern.Parse(pair.Right)) ? InvalidStream : 0;
            errors[$"A{i}"].ShouldBe(expected, $"{pair.Left} and {pair.Right}");
        }
    }

    private static List<(string Left, string Right)> RandomPairs()
    {
        var random = new Random(7);
        var pairs = Enumerable.Range(0, Pairs).Select(i => ($"p{i}." + RandomPattern(random), $"p{i}." + RandomPattern(random))).ToList();
        pairs.Count(pair => SubjectPattern.Parse(pair.Item1).Overlaps(SubjectPattern.Parse(pair.Item2))).ShouldBeInRange(Pairs / 5, Pairs * 4 / 5);
        return pairs;
    }

    private static string RandomPattern(Random random)
    {
        string[] words = ["a", "b", "*", "*"];
        var tokens = Enumerable.Range(0, random.Next(0, 4)).Select(_ => words[random.Next(words.Length)]).ToList();
        if (tokens.Count == 0 || random.Next(3) == 0)
            tokens.Add(">");
        return string.Join('.', tokens);
    }

    /// <summary>The error code of every stream by name, 0 where it was created.</summary>
    private static async Task<Dictionary<string, int>> CreateStreamsAsync(IEnumerable<(string Name, string[] Subjects)> streams)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var nats = await RawNats.ConnectAsync(server.Port);
        await nats.RoundTripAsync(RawNats.Sub("reply.*", 1));

        var errors = new Dictionary<string, int>();
        foreach (var batch in streams.Chunk(500))
        {
            var commands = new StringBuilder();
            foreach (var (name, subjects) in batch)
                commands.Append(RawNats.Pub($"$JS.API.STREAM.CREATE.{name}", JsonSerializer.Serialize(new { name, subjects, storage = "memory" }), $"reply.{name}"));
            await nats.SendAsync(commands.ToString());
            for (var replies = 0; replies < batch.Length; replies++)
            {
                var reply = (await nats.ReadMessageAsync()).ShouldNotBeNull();
                errors.Add(reply.Subject["reply.".Length..], ErrorCode(reply.Payload));
            }
        }
        return errors;
    }

    private static int ErrorCode(string json)
    {
        using var reply = JsonDocument.Parse(json);
        return reply.RootElement.TryGetProperty("error", out var error) ? error.GetProperty("err_code").GetInt32() : 0;
    }
}
