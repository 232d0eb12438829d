using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Nats.Consumer.LongFirst))]

namespace Nats.Consumer;

/// <summary>
/// Queues the classes first that take longest, by <c>[Collection(LongFirst.Collection + nameof(TheClass))]</c>: one that is started last by accident runs when all others have ended. The threads of the pool
/// do not keep to the order exactly.
/// </summary>
internal sealed class LongFirst : ITestCollectionOrderer
{
    public const string Collection = "Long: ";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderByDescending(collection => collection.TestCollectionDisplayName.StartsWith(Collection, StringComparison.Ordinal))
            .ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];
}
