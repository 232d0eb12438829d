using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>What was found while the compilation was walked, in no order.</summary>
internal sealed class FoundTypes
{
    public ConcurrentBag<ConsumerModel> Consumers { get; } = [];

    public ConcurrentBag<INamedTypeSymbol> Handlers { get; } = [];
}
