namespace Nats.Consumer;

/// <summary>When a stream lets go of messages.</summary>
public enum StreamRetention
{
    /// <summary>When a limit is reached.</summary>
    Limits,

    /// <summary>When every consumer has acknowledged. Without a consumer nothing is kept.</summary>
    Interest,

    /// <summary>When one consumer has acknowledged.</summary>
    WorkQueue,
}

/// <summary>Where a stream keeps its messages.</summary>
public enum StreamStorage
{
    /// <summary>On disk.</summary>
    File,

    /// <summary>In memory; gone when the server stops.</summary>
    Memory,
}

/// <summary>What a full stream does with the next message.</summary>
public enum StreamDiscard
{
    /// <summary>Removes the oldest.</summary>
    Old,

    /// <summary>Refuses the new one.</summary>
    New,
}

/// <summary>How a stream's messages are compressed on disk.</summary>
public enum StreamCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>S2, which is fast.</summary>
    S2,
}

/// <summary>When a stream's messages reach the disk.</summary>
public enum StreamPersistMode
{
    /// <summary>Before they are confirmed.</summary>
    Default,

    /// <summary>Soon after: faster, and a server that crashes may lose what it has confirmed. Only with one replica.</summary>
    Async,
}
