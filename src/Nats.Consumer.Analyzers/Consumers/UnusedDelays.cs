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
        var isOneTooMany = delays.Length == attempts && consumer.Delivery.Value != "AtMostOnce";
        // RetryPolicy.Delays takes no empty list.
        var canRemove = retries > 0 || consumer.Delays.Source == "BackoffDelays";
        var message = isOneTooMany
            ? $"{consumer.WhyAttempts}, the first attempt included, so a message is tried again {retries} times at the most, and the last of these {delays.Length} delays is never used. Remove it, or raise MaxDeliver."
            : $"{consumer.WhyAttempts}, so a message is tried again {retries} times at the most, and the last {delays.Length - retries} of these {delays.Length} delays are never used. Remove them, or allow more attempts.";
        context.ReportDiagnostic(Diagnostic.Create(
            isOneTooMany ? Descriptors.NATS0502_OneDelayTooMany : Descriptors.NATS0501_UnusedDelays,
            delays[retries].Syntax.GetLocation(),
            canRemove ? Removal.WithFollowing("Remove what is never waited for") : null,
            message));
    }
}
