using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>A rule that judges the subjects of one list against each other. <see cref="SubjectAnalyzer"/> finds the lists once for all of them.</summary>
internal abstract class SubjectListRule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public abstract void Judge(SubjectList list, Action<Diagnostic> report);

    /// <summary>A diagnostic whose fix takes the element out of its list, if it stands there by itself.</summary>
    protected Diagnostic WithRemoval(SubjectSite site, DiagnosticSeverity severity, bool removable, params object[] arguments) =>
        Diagnostic.Create(Descriptor, site.Location, severity, additionalLocations: null, removable ? Removal.Properties(site.Syntax) : null, arguments);
}
