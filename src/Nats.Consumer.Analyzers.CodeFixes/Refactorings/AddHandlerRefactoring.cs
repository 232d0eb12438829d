using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Refactorings;

/// <summary>On a subject of a consumer that none of its handlers takes: adds a method for it to one of these handlers, or a class where there is none.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = "Add a handler for a subject"), Shared]
public sealed class AddHandlerRefactoring : CodeRefactoringProvider
{
    public const string EquivalenceKey = "NATS_AddHandler";

    private const int MostOffers = 3;

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root?.FindToken(context.Span.Start).Parent is not LiteralExpressionSyntax literal
            || literal.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { Identifier.ValueText: "Subjects", Parent: TypeDeclarationSyntax declaration }
            || !SubjectPattern.TryParse(literal.Token.Value as string, out var subject, out _))
        {
            return;
        }

        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        if (NatsSymbols.Find(model.Compilation) is not { } symbols || model.GetDeclaredSymbol(declaration, cancellation) is not INamedTypeSymbol consumer || !symbols.IsConsumerClass(consumer))
            return;
        var handlers = ConsumersHandlers.Of(consumer, model.Compilation, cancellation).Where(symbols.IsHandlerClass).Select(type => symbols.ModelOf(type, cancellation)).ToList();
        if (handlers.Any(handler => handler.OverridesFallback || handler.Patterns.Any(pattern => pattern.Pattern?.Overlaps(subject) == true)))
            return;

        var offered = handlers.SelectMany(handler => Declarations(handler.Type, document.Project.Solution, cancellation).Select(part => (part.Document, part.Type, Symbol: handler.Type))).Take(MostOffers).ToList();
        foreach (var (target, type, symbol) in offered)
            Offer($"Add a handler for '{subject}' to {type.Identifier.ValueText}", _ => HandlerText.AddMethodAsync(target, type, symbol, subject, cancellation), type.Identifier.ValueText);
        if (handlers.Count == 0)
            Offer($"Add a handler class for '{subject}'", _ => Task.FromResult(HandlerText.AddClass(document, root, declaration, consumer, subject)), "new");

        void Offer(string title, Func<CancellationToken, Task<Document>> change, string which) =>
            context.RegisterRefactoring(CodeAction.Create(title, change, $"{EquivalenceKey}.{which}"));
    }

    /// <summary>Where a class can get another member: its first part, written by a person.</summary>
    private static IEnumerable<(Document Document, ClassDeclarationSyntax Type)> Declarations(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (solution.GetDocument(reference.SyntaxTree) is { } document
                && reference.GetSyntax(cancellationToken) is ClassDeclarationSyntax declaration
                && declaration.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken))
            {
                yield return (document, declaration);
                yield break;
            }
        }
    }
}
