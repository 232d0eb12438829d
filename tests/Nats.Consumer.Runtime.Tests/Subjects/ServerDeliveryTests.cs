using System.Globalization;
using System.Text;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

[Trait("Category", "Server")]
public class ServerDeliveryTests
{
    private const int Rounds = 30;
    private const int PerRound = 50;

    /// <summary>Every round subscribes 50 patterns, publishes 50 subjects and compares all 2,500 pairs: 1,500 patterns, 75,000 pairs.</summary>
    [Fact]
    public async Task Matches_RandomPairs_IsWhatTheServerDelivers()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var nats = await RawNats.ConnectAsync(server.Port);
        var random = new Random(6);
        var deliveries = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var patterns = Enumerable.Range(0, PerRound).Select(_ => SubjectPattern.Parse(RandomPattern(random))).ToArray();
            var subjects = Enumerable.Range(0, PerRound).Select(_ => RandomSubject(random)).ToArray();

            var delivered = await DeliverAsync(nats, patterns, subjects);

            foreach (var (pattern, i) in patterns.Select((pattern, i) => (pattern, i)))
            {
                foreach (var (subject, k) in subjects.Select((subject, k) => (subject, k)))
                    pattern.Matches(subject).ShouldBe(delivered.Contains((i, k)), $"pattern {pattern}, subject {subject}");
            }
            deliveries += delivered.Count;
        }

        deliveries.ShouldBeInRange(5_000, 50_000, "a fair share of the pairs must match, and a fair share must not");
    }

    private static async Task<HashSet<(int Pattern, int Subject)>> DeliverAsync(RawNats nats, SubjectPattern[] patterns, string[] subjects)
    {
        var commands = new StringBuilder();
        for (var i = 0; i < patterns.Length; i++)
            commands.Append(RawNats.Sub(patterns[i].Wire, i));
        for (var k = 0; k < subjects.Length; k++)
            commands.Append(RawNats.Pub(subjects[k], k.ToString(CultureInfo.InvariantCulture)));
        for (var i = 0; i < patterns.Length; i++)
            commands.Append(RawNats.Unsub(i));

        var messages = await nats.RoundTripAsync(commands.ToString());
        return [.. messages.Select(message => (message.Sid, int.Parse(message.Payload, CultureInfo.InvariantCulture)))];
    }

    private static string RandomPattern(Random random)
    {
        var tokens = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(random, "a", "b", "größe", "*", "*", "{p}")).ToArray();
        return string.Join('.', tokens.Select((token, i) => token == "{p}" ? $"{{p{i}}}" : token).Concat(random.Next(3) == 0 ? [">"] : []));
    }

    /// <summary>Mostly good ones, some with tokens that look like wildcards, some with an empty token.</summary>
    private static string RandomSubject(Random random)
    {
        var tokens = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pick(random, "a", "a", "b", "b", "größe", "c", "a*", ">b", "{p}", "A"));
        var subject = string.Join('.', tokens);
        return random.Next(12) switch
        {
            0 => subject + ".",
            1 => "." + subject,
            2 => subject + "..a",
            _ => subject,
        };
    }

    private static string Pick(Random random, params string[] words) => words[random.Next(words.Length)];
}
