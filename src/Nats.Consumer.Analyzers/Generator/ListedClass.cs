namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What the list of all classes says of one: less than its own file, so that an edit of a handler leaves the list as it is.</summary>
internal sealed record ListedClass(TableClassKind Kind, string FullName, string Type, string? Unlisted, bool HidesHandlers)
{
    public ListedClass(TableClass found)
        : this(found.Kind, found.FullName, found.Type, found.Unlisted, found.HidesHandlers)
    {
    }
}
