namespace Nats.Consumer.Consuming;

/// <summary>How far a message got.</summary>
internal enum Progress
{
    /// <summary>It has been settled, or as good as.</summary>
    Finished,

    /// <summary>It was given back to the server, for somebody else.</summary>
    HandedBack,

    /// <summary>It was left to its ack wait.</summary>
    Abandoned,

    /// <summary>It is to be tried again here, after a delay.</summary>
    Parked,
}

/// <summary>What became of a message, and when it is tried again here.</summary>
internal readonly record struct Processed(Progress Progress, TimeSpan Delay = default)
{
    public static Processed Finished => default;
}
