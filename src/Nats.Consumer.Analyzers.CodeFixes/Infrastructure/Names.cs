using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers;

/// <summary>Names of parameters, as they are written.</summary>
internal static class Names
{
    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
