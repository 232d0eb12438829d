using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>Analyzers run concurrently: whatever is "first" must be so by file and position.</summary>
internal static class SourceOrder
{
    public static IEnumerable<T> Of<T>(IEnumerable<T> items, Func<T, Location> location) =>
        items.OrderBy(item => location(item).SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(item => location(item).SourceSpan.Start);
}
