namespace Nats.Consumer.Conformance.Differential;

/// <summary>
/// A stream, a consumer that always asks, what is published at each beat of a clock, and what is answered to each delivery: all from one seed. What happens later happens a fifth of a beat after a beat, or
/// several fifths when one thing leads to the next, so that it never meets what happens at beats. Ages end at half beats.
/// </summary>
internal sealed class TimedScenario
{
    public const int Beats = 8;
    private static readonly string[] Fates = ["+ACK", "+ACK", "", "", "-NAK", "nak", "nak", "+WPI", "+TERM"];
    private readonly int[] _published;

    public TimedScenario(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        _published = [.. Enumerable.Range(0, Beats - 2).Select(_ => random.Next(3))];
        AckWait = Late(random, 1, 2);
        MaxDeliver = random.Next(2, 5);
        MaxAckPending = random.Next(3) == 0 ? 2 : 1000;
        MaxAge = random.Next(4) == 0 ? random.Next(2, 4) + 0.5 : 0;
        Retention = new[] { "limits", "limits", "workqueue", "interest" }[random.Next(4)];
        Backoff = random.Next(4) == 0 ? [Late(random, 1, 1), Late(random, 2, 2)] : [];
        if (Backoff.Count > 0 && MaxDeliver > 0)
            MaxDeliver = 3;
    }

    public int Seed { get; }

    /// <summary>In beats, as the others.</summary>
    public double AckWait { get; }

    public int MaxDeliver { get; }

    public int MaxAckPending { get; }

    public double MaxAge { get; }

    public string Retention { get; }

    public IReadOnlyList<double> Backoff { get; }

    /// <summary>How many messages are published at a beat.</summary>
    public int Published(int beat) => beat < _published.Length ? _published[beat] : 0;

    /// <summary>What is answered to a delivery; empty for nothing.</summary>
    /// <param name="sequence">Which message.</param>
    /// <param name="delivery">The how-manieth delivery of it.</param>
    /// <param name="beat">How long a beat is.</param>
    public string Answer(ulong sequence, int delivery, TimeSpan beat)
    {
        var random = new Random((Seed * 7919) + ((int)sequence * 101) + delivery);
        string fate = Fates[random.Next(Fates.Length)];
        // With a back-off the server counts the delay from elsewhere: that has cases of its own.
        return fate != "nak" ? fate : Backoff.Count > 0 ? "-NAK" : $$"""-NAK {"delay":{{Nanoseconds(random.Next(2) + 0.2, beat)}}}""";
    }

    public string StreamConfig(TimeSpan beat) => $$"""{"retention":"{{Retention}}"{{(MaxAge > 0 ? $",\"max_age\":{Nanoseconds(MaxAge, beat)},\"duplicate_window\":100000000" : "")}}}""";

    public string ConsumerConfig(TimeSpan beat)
    {
        string waits = Backoff.Count > 0 ? $"\"backoff\":[{string.Join(',', Backoff.Select(wait => Nanoseconds(wait, beat)))}]" : $"\"ack_wait\":{Nanoseconds(AckWait, beat)}";
        return $$"""{{{waits}},"max_deliver":{{MaxDeliver}},"max_ack_pending":{{MaxAckPending}}}""";
    }

    public override string ToString() => $"stream {StreamConfig(TimeSpan.FromSeconds(1))}, consumer {ConsumerConfig(TimeSpan.FromSeconds(1))}, published {string.Join(' ', _published)}";

    private static double Late(Random random, int least, int most) => random.Next(least, most + 1) + 0.2;

    private static long Nanoseconds(double beats, TimeSpan beat) => (long)(beats * beat.Ticks) * 100;
}
