using System.Globalization;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>What to do about a status that the server sends to a pull.</summary>
internal enum PullReaction
{
    /// <summary>The pull lives (100).</summary>
    None,

    /// <summary>The pull has ended and is made anew at once.</summary>
    PullAgain,

    /// <summary>The pull has ended because the next message is larger than what is left of its bytes.</summary>
    TooLarge,

    /// <summary>The pull was refused or the consumer may be gone: look at the consumer, then pull anew.</summary>
    CheckConsumer,

    /// <summary>The pull can never work as it is: look at the consumer, and say so.</summary>
    Broken,
}

/// <summary>Each status that a server can send to a pull, with its one reaction. Texts as seen on nats-server 2.9.10, 2.10.27 and 2.15.1.</summary>
internal static class PullStatus
{
    public static PullReaction ReactionTo(NatsStatus status) => (status.Code, status.Text) switch
    {
        (100, _) => PullReaction.None,
        (404 or 408, _) => PullReaction.PullAgain,
        (409, var text) when Is(text, "Message Size Exceeds MaxBytes") => PullReaction.TooLarge,
        (409, var text) when Is(text, "Batch Completed") || Is(text, "Server Shutdown") || Is(text, "Leadership Change") =>
            PullReaction.PullAgain,
        (409, var text) when Is(text, "Consumer is push based") => PullReaction.Broken,
        (400, _) => PullReaction.Broken,
        _ => PullReaction.CheckConsumer, // 409 Consumer Deleted, Exceeded MaxWaiting and the other limits; 423; 503; and whatever comes in future
    };

    /// <summary>The number of the consumer's last delivery, which heartbeats say: who has not got it has lost it on its way. Null for other statuses.</summary>
    public static ulong? Delivered(in ReceivedMessage message) =>
        message.Status.Code == 100 && ulong.TryParse(NatsHeaders.Parse(message.Headers)[HeaderNames.LastConsumerSequence], CultureInfo.InvariantCulture, out ulong last) ? last : null;

    private static bool Is(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
