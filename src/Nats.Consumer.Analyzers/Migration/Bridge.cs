using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0611: <c>[Handle("orders.created", "orders-created")]</c>, until everybody has followed.</summary>
internal sealed class Bridge() : SubjectListRule(Descriptors.NATS0611_Bridge)
{
    public override void Judge(SubjectList list, Action<Diagnostic> report)
    {
        foreach (var site in list.Sites.Where(site => site.IsBridge))
        {
            // Parameters, and separators at the ends, are none that a person chose between words.
            if (site.Words.Any())
                report(Diagnostic.Create(Descriptors.NATS0611_Bridge, site.Location, site.Text, site.Successor!));
        }
    }
}
