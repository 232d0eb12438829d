using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0101: <c>orders-created</c>.</summary>
internal sealed class SeparatorInsteadOfDot() : NamingRule(Descriptors.NATS0101_SeparatorInsteadOfDot)
{
    /// <summary>A property of the finding, for its fix: the old subject is to stay beside the new one.</summary>
    public const string ByBridge = nameof(ByBridge);

    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.IsBridge || Separators.InsteadOfDots(site, options.ForbiddenSeparators) is not var (separator, _, dotted))
            return;
        var properties = PropertiesOf(site, dotted);
        report(Diagnostic.Create(Descriptor, site.Location, options.BridgesSeparators ? properties.Add(ByBridge, null) : properties, site.Text, separator, dotted));
    }
}
