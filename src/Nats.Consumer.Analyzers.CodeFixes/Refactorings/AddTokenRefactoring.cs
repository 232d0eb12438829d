using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Analyzers.Handlers;

namespace Nats.Consumer.Analyzers.Refactorings;

/// <summary>Adds the CancellationToken to any handler without one; NATS0305 has the same for those that could use it at once.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = "Add a CancellationToken to a handler"), Shared]
public sealed class AddTokenRefactoring : CodeRefactoringProvider
{
    public const string EquivalenceKey = "NATS_AddToken";

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindToken(context.Span.Start).Parent is not { } node || DeclarationAt(node) is not { } declaration)
            return;
        var model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (NatsSymbols.Find(model.Compilation) is { } symbols && model.GetDeclaredSymbol(declaration, context.CancellationToken) is { } method && CanHaveToken(method, symbols, context.CancellationToken)
            && NoTokenFix.HasPlace(declaration)
            && !await MethodGroups.UseAsync(declaration, context.Document, context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterRefactoring(CodeAction.Create(
                "Add parameter 'cancellationToken'",
                cancellation => NoTokenFix.AddTokensAsync(context.Document, root, [declaration], cancellation),
                EquivalenceKey));
        }
    }

    // At the name or the parameters, not everywhere in the body.
    private static MethodDeclarationSyntax? DeclarationAt(SyntaxNode node) =>
        node as MethodDeclarationSyntax ?? (node.FirstAncestorOrSelf<ParameterListSyntax>()?.Parent as MethodDeclarationSyntax);

    private static bool CanHaveToken(IMethodSymbol method, NatsSymbols symbols, CancellationToken cancellationToken) => symbols.IsHandlerClass(method.ContainingType)
        && method.HasAttribute(symbols.Handle)
        && !method.Parameters.Any(parameter => parameter.Type.Is(symbols.CancellationToken))
        && NoToken.CanBeAdded(method, cancellationToken);
}
