using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// NATS0203: neither of two patterns covers the other, but some subjects match both. Well-defined, and worth a look for those who ask for it. An analyzer of its
/// own, so that it costs nothing as long as nobody asks.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OverlappingPatterns() : NatsAnalyzer(Descriptors.NATS0203_OverlappingPatterns)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterSymbolAction(
        symbol =>
        {
            if (symbols.IsHandlerClass((INamedTypeSymbol)symbol.Symbol))
                Judge(symbols.ModelOf((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken), symbol.ReportDiagnostic);
        },
        SymbolKind.NamedType);

    private static void Judge(HandlerModel model, Action<Diagnostic> report)
    {
        // Patterns that begin with different words have nothing in common.
        var byFirstToken = new Dictionary<string, List<HandlerPattern>>();
        foreach (var second in model.Patterns.Where(pattern => pattern.Pattern is { IsLiteral: false }))
        {
            var token = second.Pattern!.Tokens[0];
            var earlier = token.Kind == SubjectTokenKind.Literal ? Beginning(token.Text).Concat(Beginning("*")).Concat(Beginning(">")) : byFirstToken.Values.SelectMany(patterns => patterns);
            var first = earlier.FirstOrDefault(other => Crosses(other.Pattern!, second.Pattern!));
            Beginning(token.Text).Add(second);
            if (first is null || !model.IsOwn(second))
                continue;
            var called = SubjectPattern.MostSpecificFirst.Compare(first.Pattern!, second.Pattern!) < 0 ? first : second;
            Location[] also = first.Syntax is null ? [] : [first.Location];
            report(Diagnostic.Create(Descriptors.NATS0203_OverlappingPatterns, second.Location, also, second.Text, first.Text, model.NameOf(first), called.Text));
        }

        List<HandlerPattern> Beginning(string token)
        {
            if (!byFirstToken.TryGetValue(token, out var patterns))
                byFirstToken.Add(token, patterns = []);
            return patterns;
        }
    }

    private static bool Crosses(SubjectPattern one, SubjectPattern other) => one.Overlaps(other) && !one.Covers(other) && !other.Covers(one);
}
