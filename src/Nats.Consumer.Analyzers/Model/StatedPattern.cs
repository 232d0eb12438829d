using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>A subject of a consumer or a stream, and where it stands; a default stands nowhere.</summary>
internal sealed record StatedPattern(SubjectPattern Pattern, SyntaxNode? Syntax)
{
    public override string ToString() => Pattern.Text;
}
