using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
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
            var kind = marks.KindOf(target);
            if (kind == SubjectKind.None || IsPlaceholder(operation.Operation, value))
                return;
            var choices = Choices(value).ToList();
            foreach (var choice in choices.Where(choice => choices.Count == 1 || !IsEmptyText(choice))) // 'settings.Subject ?? ""': somebody checks it later
                found(operation, Read(target, choice, kind, marks.RoleOf(target), operation, isAll: choices.Count == 1));
        });
    }

    /// <summary><c>= ""</c> where something is declared that gets its subject later.</summary>
    private static bool IsPlaceholder(IOperation operation, IOperation value) => operation is ISymbolInitializerOperation && IsEmptyText(value);

    private static bool IsEmptyText(IOperation value) => value.ConstantValue is { HasValue: true, Value: "" };

    /// <summary>What a value may be: the branches of <c>?:</c>, of <c>switch</c> and of <c>??</c>, each of which must do.</summary>
    private static IEnumerable<IOperation> Choices(IOperation value) => value.ConstantValue.HasValue ? [value] : ConstantTexts.Unwrap(value) switch
    {
        IConditionalOperation { WhenFalse: { } otherwise } conditional => Choices(conditional.WhenTrue).Concat(Choices(otherwise)),
        ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => Choices(arm.Value)),
        ICoalesceOperation coalesce => Choices(coalesce.Value).Concat(Choices(coalesce.WhenNull)),
        _ => [value],
    };

    private static SubjectList Read(ISymbol target, IOperation value, SubjectKind kind, SubjectRole role, OperationAnalysisContext operation, bool isAll)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        var complete = ConstantTexts.Collect(value, texts) && isAll;
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
