using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0517: the worker tells the server for a limited time that a message is in progress; what the handler may take must fit in.</summary>
internal static class HandlerTimeoutTooLong
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.HandlerTimeout is not { IsStated: true, Value: { } timeout, Syntax: { } syntax } || !consumer.MaxAckExtension.IsKnown || !consumer.AckWait.IsKnown || consumer.IsOrdered)
            return;
        var extension = consumer.MaxAckExtension.Value;
        if (extension >= timeout || consumer.AckWait.Value >= timeout - extension)
            return;
        var deadline = extension + consumer.AckWait.Value;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0517_HandlerTimeoutTooLong, syntax.GetLocation(), timeout, deadline, extension));
    }
}
