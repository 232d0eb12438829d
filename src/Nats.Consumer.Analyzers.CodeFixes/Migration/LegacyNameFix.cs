using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Renames handlers everywhere, overrides and <c>nameof</c> included. Texts stay, and NATS0606 has said where they are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LegacyNameFix() : SolutionWideFix("NATS0609", "NATS0609_Rename", "Name it after what happened")
{
    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        // By their ids: each renaming moves what stands behind it.
        var methods = new List<(ProjectId Project, string Id)>();
        foreach (var diagnostic in diagnostics)
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                continue;
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            if (root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent is MethodDeclarationSyntax declaration && model?.GetDeclaredSymbol(declaration, cancellationToken) is { } method)
                methods.Add((document.Project.Id, DocumentationCommentId.CreateDeclarationId(method)!));
        }

        foreach (var (project, id) in methods.Distinct())
        {
            var compilation = await solution.GetProject(project)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation!) is { } method)
                solution = await Renamer.RenameSymbolAsync(solution, method, default, ModernNames.Of(method.Name), cancellationToken).ConfigureAwait(false);
        }
        return solution;
    }
}
