namespace Nats.Consumer;

/// <summary>A priority group to pull for, and how urgently.</summary>
/// <param name="Name">The group's name.</param>
public sealed record PullGroup(string Name)
{
    /// <summary>Gets messages only while more than so many are to be delivered (<see cref="PriorityPolicy.Overflow"/>).</summary>
    public long? MinPending { get; init; }

    /// <summary>Gets messages only while more than so many are not settled (<see cref="PriorityPolicy.Overflow"/>).</summary>
    public long? MinAckPending { get; init; }

    /// <summary>0 to 9; the lowest number that pulls gets the messages (<see cref="PriorityPolicy.Prioritized"/>).</summary>
    public int? Priority { get; init; }
}
