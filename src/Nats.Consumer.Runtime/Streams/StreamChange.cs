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
internal sealed record StreamChange(StreamChangeKind Kind, string What, IReadOnlyList<FieldChange> Fields)
{
    public override string ToString() => Kind switch
    {
        StreamChangeKind.Created => $"{What} created.",
        StreamChangeKind.Updated => $"{What} updated: {string.Join("; ", Fields)}.",
        StreamChangeKind.LeftAsItIs => $"{What} exists already and was left as it is ({string.Join("; ", Fields)}). Use CreateOrUpdate to change it.",
        StreamChangeKind.Deleted => $"{What} deleted.",
        StreamChangeKind.Absent => $"{What} does not exist.",
        _ => $"{What} is as wanted.",
    };
}
