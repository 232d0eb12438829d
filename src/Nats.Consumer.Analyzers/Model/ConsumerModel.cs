using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>What a consumer class says of itself by constants. The rules on streams and consumers will read more of it.</summary>
internal sealed class ConsumerModel(INamedTypeSymbol type)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Null when not all of them are constant, or one is invalid.</summary>
    public ImmutableArray<SubjectPattern>? Subjects { get; private set; } = [SubjectPattern.Parse(">")];

    /// <summary>Null when they cannot be known. Empty means all handler classes of the application.</summary>
    public ImmutableArray<(INamedTypeSymbol Type, SyntaxNode Syntax)>? Handlers { get; private set; } = [];

    public bool Takes(HandlerModel handler) => Subjects is not { } subjects
        || handler.OverridesFallback
        || handler.Patterns.Any(pattern => pattern.Pattern is null || subjects.Any(subject => subject.Overlaps(pattern.Pattern)));

    /// <summary>Calls back for each consumer class, once all its parts are known.</summary>
    public static void Register(CompilationStartAnalysisContext context, NatsSymbols symbols, Action<SymbolAnalysisContext, ConsumerModel> found) =>
        context.RegisterSymbolStartAction(
            start =>
            {
                if (start.Symbol is not INamedTypeSymbol { IsAbstract: false } type || !symbols.IsConsumerClass(type))
                    return;
                var model = new ConsumerModel(type);
                model.ForgetInherited(symbols);
                start.RegisterOperationAction(operation => model.Read(operation), OperationKind.Return, OperationKind.PropertyInitializer);
                start.RegisterSymbolEndAction(end => found(end, model));
            },
            SymbolKind.NamedType);

    /// <summary>What a base class of the user's own overrides is not read: it may be anything.</summary>
    private void ForgetInherited(NatsSymbols symbols)
    {
        for (var current = Type; current is not null && !current.ContainingAssembly.Is(symbols.Handle.ContainingAssembly); current = current.BaseType)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.Name == "Subjects")
                    Subjects = null;
                else if (property.Name == "Handlers")
                    Handlers = null;
            }
        }
    }

    private void Read(OperationAnalysisContext context)
    {
        var (property, value) = context.Operation switch
        {
            IReturnOperation { ReturnedValue: { } returned } => ((context.ContainingSymbol as IMethodSymbol)?.AssociatedSymbol as IPropertySymbol, returned),
            IPropertyInitializerOperation initializer => (initializer.InitializedProperties[0], initializer.Value),
            _ => (null, null),
        };
        if (property is null || value is null || !property.ContainingType.Is(Type) || !IsOnly(property))
            return;
        // Operations of one type may come concurrently, but those of one property come one by one.
        if (property.Name == "Subjects")
            Subjects = ReadSubjects(value);
        else if (property.Name == "Handlers")
            Handlers = ReadHandlers(value);
    }

    /// <summary>One expression says it all: <c>=> […]</c>, or an initializer. A body with statements is not understood.</summary>
    private static bool IsOnly(IPropertySymbol property) => property.DeclaringSyntaxReferences.Length == 1
        && property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax declaration
        && (declaration.ExpressionBody is not null || declaration.Initializer is not null);

    private static ImmutableArray<SubjectPattern>? ReadSubjects(IOperation value)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        if (!ConstantTexts.Collect(value, texts))
            return null;
        var patterns = ImmutableArray.CreateBuilder<SubjectPattern>();
        foreach (var text in texts)
        {
            if (!SubjectPattern.TryParse((string)text.ConstantValue.Value!, out var pattern, out _))
                return null;
            patterns.Add(pattern);
        }
        return patterns.ToImmutable();
    }

    private static ImmutableArray<(INamedTypeSymbol Type, SyntaxNode Syntax)>? ReadHandlers(IOperation value)
    {
        var elements = ConstantTexts.Unwrap(value) switch
        {
            ICollectionExpressionOperation collection => collection.Elements,
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            _ => default,
        };
        if (elements.IsDefault)
            return null;
        var types = ImmutableArray.CreateBuilder<(INamedTypeSymbol, SyntaxNode)>();
        foreach (var element in elements)
        {
            if (ConstantTexts.Unwrap(element) is not ITypeOfOperation { TypeOperand: INamedTypeSymbol type } typeOf)
                return null;
            types.Add((type, typeOf.Syntax));
        }
        return types.ToImmutable();
    }
}
