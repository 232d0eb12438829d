namespace Nats.Consumer.Streams;

internal enum StreamChangeKind
{
    Created,
    Updated,
    Unchanged,
    LeftAsItIs,
    Deleted,
    Absent,
}

/// <summary>What an operation did, in words for people.</summary>
internal sealed record StreamChange(StreamChangeKind Kind, string Stream, IReadOnlyList<FieldChange> Fields)
{
    public override string ToString() => Kind switch
    {
        StreamChangeKind.Created => $"Stream '{Stream}' created.",
        StreamChangeKind.Updated => $"Stream '{Stream}' updated: {string.Join("; ", Fields)}.",
        StreamChangeKind.LeftAsItIs => $"Stream '{Stream}' exists already and was left as it is ({string.Join("; ", Fields)}). Use CreateOrUpdate to change it.",
        StreamChangeKind.Deleted => $"Stream '{Stream}' deleted.",
        StreamChangeKind.Absent => $"Stream '{Stream}' does not exist.",
        _ => $"Stream '{Stream}' is as wanted.",
    };
}
