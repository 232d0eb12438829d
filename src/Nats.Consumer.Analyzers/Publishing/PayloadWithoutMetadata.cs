using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nats.Consumer.Analyzers.Handlers;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>
/// NATS0802: a payload type that the JsonSerializerContext of UseJson does not know. Reported at the context, which is where to add it. Silent wherever another
/// resolver may help.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadWithoutMetadata() : NatsAnalyzer(Descriptors.NATS0802_PayloadWithoutMetadata)
{
    /// <summary>A property of the finding: the type, as C# writes it in full.</summary>
    public const string TypeName = nameof(TypeName);

    /// <summary>Another one: the type as people call it.</summary>
    public const string ShortName = nameof(ShortName);

    // typeof takes no 'Order?' of a class.
    private static readonly SymbolDisplayFormat Short =
        SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        if (context.Compilation.IsTestProject() || JsonSetup.Find(context.Compilation) is not { } setup)
            return;
        var payloads = new ConcurrentBag<(ITypeSymbol Type, Location Location)>();
        context.RegisterSymbolAction(
            symbol =>
            {
                var method = (IMethodSymbol)symbol.Symbol;
                if (symbols.IsHandlerClass(method.ContainingType) && method.HasAttribute(symbols.Handle) && HandlerSignature.Payload(method, symbols, symbol.CancellationToken) is var (type, parameter))
                    payloads.Add((type, parameter.Locations[0]));
            },
            SymbolKind.Method);
        context.RegisterOperationAction(setup.Read, OperationKind.PropertyReference, OperationKind.ObjectCreation, OperationKind.Invocation);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (call.TargetMethod is { TypeArguments.Length: 1, Name: "PublishAsync" or "PublishManyAsync" or "Read" } method && method.ContainingAssembly.Is(symbols.Handle.ContainingAssembly))
                    payloads.Add((method.TypeArguments[0], call.Syntax.GetLocation()));
            },
            OperationKind.Invocation);
        context.RegisterCompilationEndAction(end =>
        {
            if (setup.Contexts is { IsEmpty: false } contexts)
                Judge(contexts, [.. SourceOrder.Of(payloads, payload => payload.Location)], end);
        });
    }

    private static void Judge(ImmutableArray<INamedTypeSymbol> contexts, List<(ITypeSymbol Type, Location Location)> payloads, CompilationAnalysisContext context)
    {
        if (contexts.FirstOrDefault(candidate => candidate.Locations[0].IsInSource) is not { } nearest)
            return;
        var known = new KnownTypes(contexts);
        foreach (var (type, location) in payloads)
        {
            if (IsRaw(type) || PartsOf(type).Any(part => part is ITypeParameterSymbol or IErrorTypeSymbol) || !known.Add(type))
                continue;
            var shown = type.ToDisplayString(Short);
            var canBeNamed = PartsOf(type).All(part => CanBeNamed(part, nearest, context.Compilation));
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0802_PayloadWithoutMetadata,
                nearest.Locations[0],
                [location],
                canBeNamed ? ImmutableDictionary<string, string?>.Empty.Add(TypeName, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).Add(ShortName, shown) : null,
                shown,
                canBeNamed ? $"Add [JsonSerializable(typeof({shown}))] to {nearest.Name}" : $"Make it a type that {nearest.Name} can name, and add [JsonSerializable] for it there"));
        }
    }

    private static bool IsRaw(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => true,
        INamedTypeSymbol { Name: "ReadOnlyMemory", TypeArguments: { Length: 1 } arguments } => arguments[0].SpecialType == SpecialType.System_Byte,
        _ => false,
    };

    /// <summary>Whether the context can write <c>typeof</c> of it.</summary>
    private static bool CanBeNamed(ITypeSymbol type, INamedTypeSymbol context, Compilation compilation) =>
        type is IArrayTypeSymbol or INamedTypeSymbol { IsAnonymousType: false, IsFileLocal: false } && compilation.IsSymbolAccessibleWithin(type, context);

    /// <summary>A type, what it is nested in, its elements and its type arguments.</summary>
    private static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        IEnumerable<ITypeSymbol> parts = type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol { ContainingType: { } outer } nested => nested.TypeArguments.Add(outer),
            INamedTypeSymbol named => named.TypeArguments,
            _ => [],
        };
        return parts.SelectMany(PartsOf).Prepend(type);
    }
}
