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
        if (consumer.Delays.List is not { } delays || consumer.Attempts is not { } attempts || delays.Length < attempts)
            return;
        var retries = (int)attempts - 1;
        var rule = delays.Length == attempts && consumer.Delivery.Value != "AtMostOnce" ? Descriptors.NATS0502_OneDelayTooMany : Descriptors.NATS0501_UnusedDelays;
        // RetryPolicy.Delays takes no empty list.
        var canRemove = retries > 0 || consumer.Delays.Source == "BackoffDelays";
        var properties = canRemove ? Removal.WithFollowing("Remove what is never waited for") : null;
        context.ReportDiagnostic(Diagnostic.Create(rule, delays[retries].Syntax.GetLocation(), properties, consumer.WhyAttempts, retries, delays.Length, delays.Length - retries));
    }
}
