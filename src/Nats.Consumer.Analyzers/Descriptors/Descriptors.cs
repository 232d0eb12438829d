using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>The registry of the rules: an id, once given, is never used for anything else. A file per group of a hundred.</summary>
internal static partial class Descriptors
{
    /// <summary>Where the pages of docs/rules are published. Until the project has an address this is a reserved name, which belongs to nobody.</summary>
    public const string DocumentationRoot = "https://nats-toolkit.example/docs/rules/";

    private static DiagnosticDescriptor Rule(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        bool isEnabledByDefault = true,
        string[]? customTags = null) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, helpLinkUri: DocumentationRoot + id + ".md", customTags: customTags ?? []);

    private static DiagnosticDescriptor AtCompilationEnd(DiagnosticDescriptor rule) => Rule(
        rule.Id,
        rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture),
        rule.MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture),
        rule.Category,
        rule.DefaultSeverity,
        rule.IsEnabledByDefault,
        [WellKnownDiagnosticTags.CompilationEnd]);
}
