using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

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
                found(operation, Read(target, value, kind, marks.RoleOf(target), operation));
        });
    }

    private static SubjectList Read(ISymbol target, IOperation value, SubjectKind kind, SubjectRole role, OperationAnalysisContext operation)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        var complete = ConstantTexts.Collect(value, texts);
        var options = texts.Count > 1 ? NatsOptions.For(operation, value.Syntax) : default; // of lists only: one subject has no successor beside it
        var sites = ImmutableArray.CreateBuilder<SubjectSite>(texts.Count);
        foreach (var text in texts)
        {
            var site = new SubjectSite((string)text.ConstantValue.Value!, kind, role, text.Syntax);
            if (texts.Count > 1 && Successor(text, texts, options) is { } successor && !options.Allows(site)) // what is allowed is there to stay
                site = new SubjectSite(site.Text, kind, role, text.Syntax) { Successor = successor };
            sites.Add(site);
        }
        return new SubjectList(target, sites.MoveToImmutable(), complete, value.Syntax) { Role = role };
    }

    // By the separators that people use and those that they forbid: a bridge is one, whatever reports the subject. Where a pattern takes the new one anyway, changing the old one would end the bridge before its time.
    private static string? Successor(IOperation text, ImmutableArray<IOperation>.Builder texts, NatsOptions options)
    {
        var old = (string)text.ConstantValue.Value!;
        if (old.IndexOf('.') >= 0)
            return null;
        var dotted = string.Join(".", old.Split((NatsOptions.DefaultForbiddenSeparators + options.ForbiddenSeparators).ToCharArray()));
        if (dotted == old || !SubjectPattern.TryParse(dotted, out var after, out _))
            return null;
        var beside = texts.Where(other => other != text).Select(other => (string)other.ConstantValue.Value!).ToList();
        return beside.Contains(dotted) ? dotted : beside.FirstOrDefault(other => SubjectPattern.TryParse(other, out var pattern, out _) && pattern.Covers(after));
    }
}
