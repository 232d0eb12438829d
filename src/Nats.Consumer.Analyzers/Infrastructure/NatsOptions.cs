using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>What an .editorconfig says of subjects in a file.</summary>
internal readonly struct NatsOptions(AnalyzerConfigOptions options)
{
    public const string MaxSubjectDepthKey = "nats_toolkit.max_subject_depth";
    public const string ForbiddenSeparatorsKey = "nats_toolkit.forbidden_separators";
    public const string AllowedSubjectsKey = "nats_toolkit.allowed_subjects";
    public const string CapturedSubjectsKey = "nats_toolkit.captured_subjects";
    public const string SeparatorFixKey = "nats_toolkit.separator_fix";

    public const int DefaultMaxSubjectDepth = 4;
    public const string DefaultForbiddenSeparators = "-_:/";

    /// <summary>How many tokens a subject may have.</summary>
    public int MaxSubjectDepth =>
        options.TryGetValue(MaxSubjectDepthKey, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : DefaultMaxSubjectDepth;

    /// <summary>The characters that people use where a dot belongs. <c>none</c> for no such character.</summary>
    public string ForbiddenSeparators => !options.TryGetValue(ForbiddenSeparatorsKey, out var text) ? DefaultForbiddenSeparators : text.Trim() == "none" ? "" : text.Trim();

    /// <summary>Whether the fix of NATS0101 puts the subject with dots beside the old one (<c>bridge</c>), and not in its place (<c>replace</c>, the default).</summary>
    public bool BridgesSeparators => options.TryGetValue(SeparatorFixKey, out var form) && form.Trim().Equals("bridge", StringComparison.OrdinalIgnoreCase);

    /// <summary>What streams capture that other projects make; null when nobody says.</summary>
    public IReadOnlyList<SubjectPattern>? CapturedSubjects => options.TryGetValue(CapturedSubjectsKey, out var list) ? [.. Patterns(list)] : null;

    /// <summary>Whether the naming rules let a subject be: some pattern of the comma-separated list covers it.</summary>
    public bool Allows(SubjectSite site)
    {
        if (!options.TryGetValue(AllowedSubjectsKey, out var list) || !SubjectPattern.TryParse(site.Text, out var subject, out _))
            return false;
        return Patterns(list).Any(pattern => pattern.Covers(subject));
    }

    public static NatsOptions For(OperationAnalysisContext context, SyntaxNode syntax) =>
        new(context.Options.AnalyzerConfigOptionsProvider.GetOptions(syntax.SyntaxTree));

    private static IEnumerable<SubjectPattern> Patterns(string list)
    {
        foreach (var text in list.Split(','))
        {
            if (SubjectPattern.TryParse(text.Trim(), out var pattern, out _))
                yield return pattern;
        }
    }
}
