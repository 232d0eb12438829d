namespace Nats.Consumer.Diagnosis;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Gravity">How bad it is.</param>
/// <param name="Id">What kind of thing, for machines.</param>
/// <param name="Where">Which stream, consumer or server.</param>
/// <param name="Problem">What is wrong, and what comes of it.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Finding(Gravity Gravity, string Id, string Where, string Problem, string Remedy);

internal enum Gravity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Will do harm under some circumstances.</summary>
    Warning,

    /// <summary>Does harm.</summary>
    Problem,
}

/// <summary>A stream with its consumers, and what the checks know beside.</summary>
internal sealed record StreamCase(StreamInfo Stream, IReadOnlyList<ConsumerInfo> Consumers, Version Server)
{
    public string Where => $"stream '{Stream.Name}'";

    /// <summary>Whether it keeps the dead letters of another one.</summary>
    public bool KeepsDeadLetters => Stream.Name.EndsWith("-dead-letters", StringComparison.Ordinal);
}

/// <summary>A consumer of a stream.</summary>
internal sealed record ConsumerCase(StreamCase Stream, ConsumerInfo Consumer)
{
    public ConsumerConfig Config => Consumer.Config;

    public string Where => $"consumer '{Consumer.Name}' of stream '{Stream.Stream.Name}'";

    public bool IsPush => Config.DeliverSubject is { Length: > 0 };
}
