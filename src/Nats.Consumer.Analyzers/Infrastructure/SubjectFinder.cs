using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers;

/// <summary>
/// Finds the subjects of a compilation: what is given to a marked parameter, property or field, here or in the user's own wrappers.
/// </summary>
internal static class SubjectFinder
{
    public static void Register(CompilationStartAnalysisContext context, NatsSymbols symbols, Action<OperationAnalysisContext, SubjectList> found)
    {
        var marks = new SubjectMarks(symbols);
        GivenValues.Register(context, (operation, target, value) =>
        {
            if (marks.KindOf(target) is not SubjectKind.None and var kind)
                found(operation, Read(target, value, kind, marks.RoleOf(target)));
        });
    }

    private static SubjectList Read(ISymbol target, IOperation value, SubjectKind kind, SubjectRole role)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        var complete = ConstantTexts.Collect(value, texts);
        var sites = ImmutableArray.CreateBuilder<SubjectSite>(texts.Count);
        foreach (var text in texts)
            sites.Add(new SubjectSite((string)text.ConstantValue.Value!, kind, role, text.Syntax) { IsBridge = texts.Count > 1 && IsBridge(text, texts) });
        return new SubjectList(target, sites.MoveToImmutable(), complete, value.Syntax) { Role = role };
    }

    private static bool IsBridge(IOperation text, ImmutableArray<IOperation>.Builder texts)
    {
        var old = (string)text.ConstantValue.Value!;
        if (old.IndexOf('.') >= 0)
            return false;
        var dotted = string.Join(".", old.Split(NatsOptions.DefaultForbiddenSeparators.ToCharArray()));
        return dotted != old && texts.Any(other => dotted.Equals(other.ConstantValue.Value));
    }
}
