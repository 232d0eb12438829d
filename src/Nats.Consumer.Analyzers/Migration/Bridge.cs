using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Naming;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0611: <c>[Handle("orders.created", "orders-created")]</c>, until everybody has followed.</summary>
internal sealed class Bridge() : SubjectListRule(Descriptors.NATS0611_Bridge)
{
    public override void Judge(SubjectList list, Action<Diagnostic> report)
    {
        foreach (var site in list.Sites.Where(site => site.IsBridge))
        {
            if (Separators.InsteadOfDots(site, NatsOptions.DefaultForbiddenSeparators) is var (_, _, dotted))
                report(Diagnostic.Create(Descriptors.NATS0611_Bridge, site.Location, site.Text, dotted));
        }
    }
}
