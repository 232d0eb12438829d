using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Pulls that are not granted as they are, and what to do about it.</summary>
internal static class PullRefusal
{
    /// <summary>Whether the same pull will be refused again, whatever happens.</summary>
    public static bool IsForGood(NatsStatus status) =>
        PullStatus.ReactionTo(status) == PullReaction.Broken || (Remedy(status) is not null && !Is(status.Text, "Exceeded MaxWaiting"));

    public static JetStreamException Error(string stream, string consumer, NatsStatus status) =>
        new($"Consumer '{consumer}' of stream '{stream}' refuses the pull ({status}). {Remedy(status) ?? "It can never work as it is."}");

    /// <returns>What to do; <see langword="null"/> when the status is not about what was asked for.</returns>
    public static string? Remedy(NatsStatus status) => status.Text switch
    {
        var text when Is(text, "Exceeded MaxRequestBatch") => "Ask for fewer messages, or raise the consumer's MaxRequestBatch.",
        var text when Is(text, "Exceeded MaxRequestExpires") => "Let the request expire sooner, or raise the consumer's MaxRequestExpires.",
        var text when Is(text, "Exceeded MaxRequestMaxBytes") => "Ask for fewer bytes, or raise the consumer's MaxRequestBytes.",
        var text when Is(text, "Exceeded MaxWaiting") => "Too many pulls wait already: let fewer readers pull, or raise the consumer's MaxWaiting.",
        var text when Is(text, "Bad Request - Priority Group") => "The consumer has priority groups: state the one to pull for.",
        _ => null,
    };

    private static bool Is(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
