using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// NATS0501 and NATS0502: delays that no attempt is left for. The first attempt waits for none, so of n attempts n - 1 wait; as many delays as attempts are what
/// people write who come from the server's <c>backoff</c>, so that is a hint only.
/// </summary>
internal static class UnusedDelays
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.Delays.List is not { } delays || !consumer.MaxDeliver.Is(attempts => attempts >= 1))
            return;
        var retries = consumer.MaxDeliver.Value - 1;
        if (delays.Length <= retries)
            return;
        var rule = delays.Length == consumer.MaxDeliver.Value ? Descriptors.NATS0502_OneDelayTooMany : Descriptors.NATS0501_UnusedDelays;
        // RetryPolicy.Delays takes no empty list.
        var canRemove = retries > 0 || consumer.Delays.Source == "BackoffDelays";
        var properties = canRemove ? Removal.WithFollowing("Remove what is never waited for") : null;
        context.ReportDiagnostic(Diagnostic.Create(
            rule, delays[retries].Syntax.GetLocation(), properties, consumer.MaxDeliver.Value, retries, delays.Length, delays.Length - retries));
    }
}
