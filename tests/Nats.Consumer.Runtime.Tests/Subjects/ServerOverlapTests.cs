using System.Globalization;
using System.Text;
using System.Text.Json;
using Nats.Consumer.Subjects;
using Nats.Consumer.Testing;

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
        await using var server = await ServerUnderTest.StartAsync();
        var pairs = RandomPairs();

        // First all of one side, then all of the other: new servers create streams in parallel, and 2.15 misses an overlap between two
        // streams that are being created at the same time.
        var left = await CreateStreamsAsync(server, "left", pairs.Select(pair => new[] { pair.Left }));
        var right = await CreateStreamsAsync(server, "right", pairs.Select(pair => new[] { pair.Right }));

        left.ShouldAllBe(error => error == 0);
        for (var i = 0; i < Pairs; i++)
            right[i].ShouldBe(Overlap(pairs[i]) ? StreamsOverlap : 0, $"{pairs[i].Left} and {pairs[i].Right}");
    }

    [Fact]
    public async Task Overlaps_RandomPairs_IsWhenTheServerRefusesBothInOneStream()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var pairs = RandomPairs();

        var errors = await CreateStreamsAsync(server, "both", pairs.Select(pair => new[] { pair.Left, pair.Right }));

        for (var i = 0; i < Pairs; i++)
            errors[i].ShouldBe(Overlap(pairs[i]) ? InvalidStream : 0, $"{pairs[i].Left} and {pairs[i].Right}");
    }

    private static bool Overlap((string Left, string Right) pair) => SubjectPattern.Parse(pair.Left).Overlaps(SubjectPattern.Parse(pair.Right));

    private static List<(string Left, string Right)> RandomPairs()
    {
        var random = new Random(7);
        var pairs = Enumerable.Range(0, Pairs).Select(i => ($"p{i}." + RandomPattern(random), $"p{i}." + RandomPattern(random))).ToList();
        pairs.Count(Overlap).ShouldBeInRange(Pairs / 5, Pairs * 4 / 5);
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

    /// <summary>The error code for every stream, in their order; 0 where it was created.</summary>
    private static async Task<int[]> CreateStreamsAsync(NatsServerProcess server, string prefix, IEnumerable<string[]> subjectsOfStreams)
    {
        using var nats = await RawNats.ConnectAsync(server.Port);
        await nats.RoundTripAsync(RawNats.Sub("reply.*", 1));

        var errors = new int[Pairs];
        foreach (var batch in subjectsOfStreams.Select((subjects, i) => (subjects, name: $"{prefix}{i}", reply: $"reply.{i}")).Chunk(500))
        {
            var commands = new StringBuilder();
            foreach (var (subjects, name, reply) in batch)
                commands.Append(RawNats.Pub($"$JS.API.STREAM.CREATE.{name}", JsonSerializer.Serialize(new { name, subjects, storage = "memory" }), reply));
            await nats.SendAsync(commands.ToString());
            for (var received = 0; received < batch.Length; received++)
            {
                var reply = (await nats.ReadMessageAsync()).ShouldNotBeNull();
                errors[int.Parse(reply.Subject["reply.".Length..], CultureInfo.InvariantCulture)] = ErrorCode(reply.Payload);
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
