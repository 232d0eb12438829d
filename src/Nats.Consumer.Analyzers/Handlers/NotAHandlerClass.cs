using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0302: [Handle] in a class that the runtime does not look at, or a handler class with nothing to call.</summary>
internal static class NotAHandlerClass
{
    /// <summary>A property of the finding: the class has no base class yet, so that it can get one.</summary>
    public const string CanDerive = nameof(CanDerive);

    public static string NothingToCall(INamedTypeSymbol type) =>
        $"{type.Name} has no method with [Handle] and does not override FallbackAsync, so it would never be called. Mark its methods with [Handle(\"a.subject\")].";

    public static void Judge(INamedTypeSymbol type, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        if (type.Is(symbols.ConsumerHandler))
            return;
        if (!symbols.IsHandlerClass(type))
        {
            if (type.GetMembers().Any(member => member is IMethodSymbol && member.HasAttribute(symbols.Handle)))
                Report($"{type.Name} has methods with [Handle] but is no ConsumerHandler, so they would never be called. Derive it from ConsumerHandler.", severity: null);
            return;
        }

        // A generic class is a base class, or named with its type arguments in Handlers.
        if (type is { IsGenericType: false, IsAbstract: false })
        {
            var model = symbols.ModelOf(type, context.CancellationToken);
            if (!model.HasMethods && !model.OverridesFallback)
            {
                // Refused at start where a consumer comes upon it, and a class that is just being written is no error.
                Report(NothingToCall(type), DiagnosticSeverity.Warning);
            }
        }

        void Report(string message, DiagnosticSeverity? severity)
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (type is { TypeKind: TypeKind.Class, IsStatic: false, IsRecord: false, BaseType.SpecialType: SpecialType.System_Object })
                properties = properties.Add(CanDerive, "");
            var rule = Descriptors.NATS0302_NotAHandlerClass;
            context.ReportDiagnostic(Diagnostic.Create(rule, type.Locations[0], severity ?? rule.DefaultSeverity, additionalLocations: null, properties, message));
        }
    }
}
