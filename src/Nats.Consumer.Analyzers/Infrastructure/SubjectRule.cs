using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>A rule that judges each subject for itself. <see cref="SubjectAnalyzer"/> finds the subjects once for all of them.</summary>
internal abstract class SubjectRule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public abstract void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report);

    protected Diagnostic At(Location location, params object[] arguments) => Diagnostic.Create(Descriptor, location, arguments);

    /// <summary>The same finding, but graver or milder in this place. A severity that a configuration states still wins.</summary>
    protected Diagnostic At(Location location, DiagnosticSeverity severity, params object[] arguments) =>
        Diagnostic.Create(Descriptor, location, severity, additionalLocations: null, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>A diagnostic whose fix replaces the literal by another text.</summary>
    protected Diagnostic WithReplacement(SubjectSite site, Location location, string? replacement, params object[] arguments) =>
        Diagnostic.Create(Descriptor, location, PropertiesOf(site, replacement), arguments);

    protected static ImmutableDictionary<string, string?> PropertiesOf(SubjectSite site, string? replacement) =>
        replacement is null || !site.IsLiteral ? ImmutableDictionary<string, string?>.Empty : Replacement.Properties(replacement, site.Syntax.Span);
}
