using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>A type of which more has changed than its methods, or that is new or gone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="After">Where it stands now; empty if it is gone.</param>
internal sealed record TypeChange(string Name, TextSpan After);

/// <summary>
/// What an edit means to other files. A method means something to its class and the classes that derive from it, and to no other handler: what a type is called, what it derives from,
/// its constants and what a file imports may mean something to all.
/// </summary>
internal static class Outline
{
    /// <summary>The types of which more has changed than methods; null if something else has that may concern anybody.</summary>
    public static IReadOnlyList<TypeChange>? Changes(SyntaxTree before, SyntaxTree after, CancellationToken cancellationToken)
    {
        var changes = new List<TypeChange>();
        return before.GetRoot(cancellationToken) is CompilationUnitSyntax old && after.GetRoot(cancellationToken) is CompilationUnitSyntax now
            && AreSame(old.Externs, now.Externs) && AreSame(old.Usings, now.Usings) && AreSame(old.AttributeLists, now.AttributeLists)
            && Compare(old.Members, now.Members, changes) ? changes : null;
    }

    private static bool Compare(SyntaxList<MemberDeclarationSyntax> before, SyntaxList<MemberDeclarationSyntax> after, List<TypeChange> changes)
    {
        CompareTypes(before, after, changes);
        var old = before.Where(IsNoType).ToArray();
        var now = after.Where(IsNoType).ToArray();
        return old.Length == now.Length && old.Zip(now, (one, another) => CompareOthers(one, another, changes)).All(same => same);

        static bool IsNoType(MemberDeclarationSyntax member) => member is not (BaseTypeDeclarationSyntax or GlobalStatementSyntax);
    }

    private static bool CompareOthers(MemberDeclarationSyntax before, MemberDeclarationSyntax after, List<TypeChange> changes) => (before, after) switch
    {
        (BaseNamespaceDeclarationSyntax old, BaseNamespaceDeclarationSyntax now) => old.Name.IsEquivalentTo(now.Name) && AreSame(old.Externs, now.Externs) && AreSame(old.Usings, now.Usings)
            && Compare(old.Members, now.Members, changes),
        _ => IsSame(before, after),
    };

    private static void CompareTypes(SyntaxList<MemberDeclarationSyntax> before, SyntaxList<MemberDeclarationSyntax> after, List<TypeChange> changes)
    {
        var old = before.OfType<BaseTypeDeclarationSyntax>().ToLookup(Key);
        var now = after.OfType<BaseTypeDeclarationSyntax>().ToLookup(Key);
        foreach (var gone in old.Where(types => types.Count() != now[types.Key].Count()))
            changes.Add(new TypeChange(gone.First().Identifier.ValueText, default));
        foreach (var types in now)
        {
            var earlier = old[types.Key].ToArray();
            var all = types.ToArray();
            for (var i = 0; i < all.Length; i++)
            {
                if (earlier.Length != all.Length)
                    changes.Add(new TypeChange(all[i].Identifier.ValueText, all[i].FullSpan));
                else
                    CompareType(earlier[i], all[i], changes);
            }
        }
    }

    private static void CompareType(BaseTypeDeclarationSyntax before, BaseTypeDeclarationSyntax after, List<TypeChange> changes)
    {
        if (IsSame(before, after))
            return;
        if (before is TypeDeclarationSyntax old && after is TypeDeclarationSyntax now)
        {
            CompareTypes(old.Members, now.Members, changes);
            if (IsSame(Shell(old), Shell(now)))
                return;
        }
        changes.Add(new TypeChange(after.Identifier.ValueText, after.FullSpan));
    }

    private static TypeDeclarationSyntax Shell(TypeDeclarationSyntax type) =>
        type.WithMembers([.. type.Members.Where(member => member is not (MethodDeclarationSyntax or BaseTypeDeclarationSyntax))]);

    private static string Key(BaseTypeDeclarationSyntax type) =>
        $"{type.Kind()} {type.Identifier.ValueText} {(type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count}";

    private static bool AreSame<T>(SyntaxList<T> before, SyntaxList<T> after)
        where T : SyntaxNode => before.Count == after.Count && before.Zip(after, IsSame).All(same => same);

    private static bool IsSame(SyntaxNode before, SyntaxNode after) => SyntaxFactory.AreEquivalent(before, after, topLevel: true);
}
