using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>The subjects that are given to one parameter or property at once.</summary>
/// <param name="Target">The parameter, property or field.</param>
/// <param name="Sites">Those that are constant.</param>
/// <param name="IsComplete">Whether that is all of them.</param>
/// <param name="Syntax">Where they are given.</param>
internal sealed record SubjectList(ISymbol Target, ImmutableArray<SubjectSite> Sites, bool IsComplete, SyntaxNode Syntax)
{
    public SubjectRole Role { get; init; }
}
