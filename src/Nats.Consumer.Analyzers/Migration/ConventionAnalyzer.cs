using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Runs the rules on classes whose handlers are found by their names. Where there is none it does nothing but look at each class's base classes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConventionAnalyzer() : NatsAnalyzer(
    Descriptors.NATS0601_RoutedByName,
    Descriptors.NATS0602_Obstacle,
    Descriptors.NATS0603_Collision,
    Descriptors.NATS0604_NeverRouted,
    Descriptors.NATS0605_DeadMethod,
    Descriptors.NATS0606_NameInText,
    Descriptors.NATS0607_TextualReason)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        if (symbols.ConventionHandler is null)
            return;
        var compilation = context.Compilation;
        var reader = ConventionReader.Within(compilation, symbols);
        var texts = new Lazy<NamesInTexts>(() => new NamesInTexts(compilation));
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (type.TypeKind == TypeKind.Class && type.DerivesFrom(symbols.ConventionHandler))
                    Judge(reader.Read(type, symbol.CancellationToken), reader, texts.Value, symbol);
            },
            SymbolKind.NamedType);
    }

    private static void Judge(ConventionClass found, ConventionReader reader, NamesInTexts texts, SymbolAnalysisContext context)
    {
        RoutedByName.Judge(found, context);
        Obstacles.Judge(found, context);
        Collision.Judge(found, context);
        NeverRouted.Judge(found, context);
        DeadMethod.Judge(found, reader, context);
        texts.Judge(found, context);
        TextualReason.Judge(found, context);
    }
}
