using System.Globalization;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>A step of a scenario.</summary>
internal abstract record Step
{
    public sealed record Publish(string Subject, string? Id) : Step;

    public sealed record Fetch(int Consumer, int Batch) : Step;

    /// <summary>Settles one of the deliveries that a consumer has had, counted from the latest.</summary>
    public sealed record Settle(int Consumer, int Back, string Payload) : Step;

    public sealed record DeleteMessage(int Sequence) : Step;

    public sealed record Purge(string Body) : Step;

    public sealed record WriteConsumer(int Consumer, string Config) : Step;

    public sealed record DeleteConsumer(int Consumer) : Step;

    public sealed record UpdateStream(string Change) : Step;
}

/// <summary>A stream, its consumers and what is done with them: all from one seed.</summary>
internal sealed class Scenario
{
    public const int Consumers = 2;
    private static readonly string[] Subjects = ["a", "b", "c.d"];
    private static readonly string[] Filters = ["", "", "~.a", "~.*", "~.>", "~.c.*"];
    private static readonly string[] Settlements = ["+ACK", "+ACK", "+ACK", "", "-NAK", "-NAK", "+WPI", "+TERM", "-NAK {\"delay\":3600000000000}", "+NOPE"];
    private readonly Random _random;
    private readonly bool _isOld;

    public Scenario(int seed, bool isOld)
    {
        Seed = seed;
        _isOld = isOld;
        _random = new Random(seed);
        Stream = StreamConfig();
        bool isWorkQueue = Stream.Contains("workqueue", StringComparison.Ordinal);
        Steps.Add(new Step.WriteConsumer(0, ConsumerConfig(isWorkQueue ? "~.a" : null)));
        if (_random.Next(2) == 0)
            Steps.Add(new Step.WriteConsumer(1, ConsumerConfig(isWorkQueue ? "~.b" : null)));
        for (int count = _random.Next(12, 30); count > 0; count--)
            Steps.Add(Next());
    }

    public int Seed { get; }

    /// <summary>The stream's configuration.</summary>
    public string Stream { get; }

    public List<Step> Steps { get; } = [];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: stream {Stream}\n{string.Join('\n', Steps.Select((step, i) => $"  {i}: {step}"))}");

    private Step Next() => _random.Next(20) switch
    {
        < 7 => new Step.Publish(Pick(Subjects), _random.Next(4) == 0 ? $"id{_random.Next(3)}" : null),
        < 12 => new Step.Fetch(_random.Next(Consumers), _random.Next(1, 5)),
        < 17 => new Step.Settle(_random.Next(Consumers), _random.Next(4), Pick(Settlements)),
        17 => _random.Next(2) == 0 ? new Step.DeleteMessage(_random.Next(1, 12)) : new Step.Purge(Pick(Purges)),
        18 => _random.Next(4) == 0 ? new Step.DeleteConsumer(_random.Next(Consumers)) : new Step.UpdateStream($"\"max_msgs\":{_random.Next(2, 8)}"),
        _ => new Step.WriteConsumer(_random.Next(Consumers), ConsumerConfig(null)),
    };

    // An old server forgets whatever consumers have pending when a part is purged, and skips what is left.
    private string[] Purges => _isOld ? [""] : ["", "{\"filter\":\"~.a\"}", "{\"keep\":2}", "{\"seq\":4}"];

    private string StreamConfig()
    {
        string retention = Pick(["limits", "limits", "workqueue", "interest"]);
        string more = Pick(["", "", ",\"max_msgs\":5", ",\"max_msgs_per_subject\":2", ",\"max_msgs\":4,\"discard\":\"new\"", ",\"storage\":\"file\""]);
        return $$"""{"retention":"{{retention}}"{{more}}}""";
    }

    private string ConsumerConfig(string? filter)
    {
        // What an old server makes of a changed filter has cases of its own.
        filter ??= _isOld ? "" : Pick(Filters);
        string ack = Pick(["explicit", "explicit", "explicit", "all", "none"]);
        string deliver = Pick(["", "", "", ",\"deliver_policy\":\"new\"", ",\"deliver_policy\":\"last\"", ",\"deliver_policy\":\"by_start_sequence\",\"opt_start_seq\":2"]);
        string pending = ack == "none" ? "" : Pick(["", ",\"max_ack_pending\":2", ",\"max_ack_pending\":3"]);
        string attempts = Pick(["", "", ",\"max_deliver\":1", ",\"max_deliver\":2"]);
        string filtered = filter.Length > 0 ? $",\"filter_subject\":\"{filter}\"" : "";
        return $$"""{"ack_policy":"{{ack}}","ack_wait":3600000000000{{deliver}}{{pending}}{{attempts}}{{filtered}}}""";
    }

    private string Pick(string[] values) => values[_random.Next(values.Length)];
}
