using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>
/// NATS0606: <c>GetMethod("handle_created")</c>. The texts of a compilation are looked through once, and only where there is a class whose methods are found by their names.
/// </summary>
internal sealed class NamesInTexts
{
    private readonly ILookup<string, Location> _texts;

    public NamesInTexts(Compilation compilation) => _texts = compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken) && ConventionNames.IsCandidate(token.ValueText)))
        .ToLookup(token => token.ValueText, token => token.GetLocation());

    public void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        foreach (var method in found.Routes.SelectMany(route => route.Candidates).Select(candidate => candidate.Method).Where(method => method.ContainingType.Is(found.Type)).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            foreach (var location in _texts[method.Name])
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0606_NameInText, location, $"{found.Type.Name}.{method.Name}", method.Name));
        }
    }
}
