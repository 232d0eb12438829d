using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>
/// Marks the methods that were called by their names with the subjects that they were called for, and derives from ConsumerHandler. Nothing is renamed and no subject is changed: each message is handled by the method
/// that handled it before.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RoutedByNameFix() : SolutionWideFix("NATS0601", "NATS0601_UseHandle", "Mark its methods with [Handle]")
{
    private protected override async Task<bool> CanFixAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var conventions = await Conventions.OfAsync(document.Project.Solution, cancellationToken).ConfigureAwait(false);
        return await FamilyAsync(conventions, diagnostic, cancellationToken).ConfigureAwait(false) is { } family && family.Plan() is not null;
    }

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var conventions = await Conventions.OfAsync(solution, cancellationToken).ConfigureAwait(false);
        var edits = new SolutionEdits(solution);
        var writer = new ConventionEdits(edits, conventions);
        var moved = new HashSet<string>();
        foreach (var diagnostic in diagnostics)
        {
            if (await FamilyAsync(conventions, diagnostic, cancellationToken).ConfigureAwait(false) is not { } family || moved.Overlaps(family.Keys) || family.Plan() is not { } plan)
                continue;
            moved.UnionWith(family.Keys);
            writer.Move(family, plan, cancellationToken);
        }
        writer.Finish();
        await ValidationCalls.RemoveAsync(solution, moved, conventions, edits, cancellationToken).ConfigureAwait(false);
        return await edits.ApplyAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ConventionFamily?> FamilyAsync(Conventions conventions, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var tree = diagnostic.Location.SourceTree!;
        var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && conventions.ModelOf(tree)?.GetDeclaredSymbol(declaration, cancellationToken) is { } type
            && ConventionReader.IsConvention(type)
            ? ConventionFamily.Of(type, conventions, cancellationToken)
            : null;
    }
}
