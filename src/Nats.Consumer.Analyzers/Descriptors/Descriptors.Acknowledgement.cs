using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 07xx: settling by hand, besides what a handler returns.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0701_SettledTwice = Rule(
        "NATS0701",
        "Message is settled already",
        "{0} has settled the message before, so this has no effect but a line in the log. Settle by hand or return an outcome, but once.",
        Categories.Acknowledgement,
        Warning);

    public static readonly DiagnosticDescriptor NATS0703_SettledInFinally = Rule(
        "NATS0703",
        "Message is settled even when the handler fails",
        "In a finally block {0} settles the message also when the handler fails, and no retry follows. Leave it out: what a handler returns or throws settles the message.",
        Categories.Acknowledgement,
        Warning);

    public static readonly DiagnosticDescriptor NATS0704_ContextOutlivesHandler = Rule(
        "NATS0704",
        "MessageContext is kept longer than it is valid",
        "'{0}' is valid until the handler has completed; used later it throws. {1}.",
        Categories.Acknowledgement,
        Warning);
}
