namespace Nats.Consumer;

/// <summary>Where a stream or consumer is kept.</summary>
public sealed record StreamPlacement
{
    /// <summary>The name of the cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Tags that the servers must have.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
