using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 05xx: what consumers and streams state of themselves. 0510 is not used.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0501_UnusedDelays =
        Rule("NATS0501", "Retry delays are never used", "{0}", Categories.Consumers, Warning);

    public static readonly DiagnosticDescriptor NATS0502_OneDelayTooMany =
        Rule("NATS0502", "There are as many retry delays as attempts", "{0}", Categories.Consumers, Info);

    public static readonly DiagnosticDescriptor NATS0503_IgnoredSetting =
        Rule("NATS0503", "Setting has no effect", "{0}", Categories.Consumers, Warning);

    public static readonly DiagnosticDescriptor NATS0504_ShortAckWait = Rule(
        "NATS0504",
        "AckWait is very short",
        "After {0} ms without a settlement the server delivers the message again, to anybody, while this handler may still be at it. Allow a second at least.",
        Categories.Consumers,
        Info);

    public static readonly DiagnosticDescriptor NATS0505_InvalidName =
        Rule("NATS0505", "Name of a stream or durable is invalid", "{0}", Categories.Consumers, Error);

    public static readonly DiagnosticDescriptor NATS0506_OverlappingStreamSubjects = Rule(
        "NATS0506",
        "Subjects of a stream overlap",
        "The stream captures '{0}' and '{1}', which overlap; the server refuses that (10052). State each subject once.",
        Categories.Consumers,
        Error);

    public static readonly DiagnosticDescriptor NATS0507_RedundantConsumerSubject = Rule(
        "NATS0507",
        "Subject of a consumer is within another",
        "The consumer takes '{0}' anyway: it is within '{1}'{2}. Leave it out.",
        Categories.Consumers,
        Info);

    public static readonly DiagnosticDescriptor NATS0508_LeadingWildcard = Rule(
        "NATS0508",
        "Stream captures subjects of every domain",
        "A stream on '{0}' captures what other streams and services use, its own dead letters included; nats-server {1} and later refuse it (10052). Begin with a word, as in 'orders.>'.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0509_CreateOnly = Rule(
        "NATS0509",
        "Setup never changes a stream that exists",
        "Create leaves a stream that exists as it is, so changes of this code never reach it. Use CreateOrUpdate.",
        Categories.Consumers,
        Info);

    public static readonly DiagnosticDescriptor NATS0511_Abandoned = Rule(
        "NATS0511",
        "Exhausted messages are abandoned",
        "With Nak a message whose attempts are exhausted stays in the stream, is never delivered again, and nobody is told. DeadLetter keeps a copy where it can be seen and replayed.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0512_DeadLettersCaptured = Rule(
        "NATS0512",
        "Stream captures dead letters",
        "Stream '{0}' captures '{1}', and so dead letters of stream '{2}' ('{3}'). {4}. Narrow the stream's Subjects.",
        Categories.Consumers,
        Error);

    public static readonly DiagnosticDescriptor NATS0512_DeadLettersCapturedAtEnd = AtCompilationEnd(NATS0512_DeadLettersCaptured);

    public static readonly DiagnosticDescriptor NATS0513_OutOfRange =
        Rule("NATS0513", "Setting is out of range", "{0}", Categories.Consumers, Error);

    public static readonly DiagnosticDescriptor NATS0514_SharedDurable = Rule(
        "NATS0514",
        "Consumers share a durable",
        "{0} and {1} would share {2} on stream '{3}' and take each other's messages. Give each a DurableName of its own.",
        Categories.Consumers,
        Error,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor NATS0515_NoAttemptLeft = Rule(
        "NATS0515",
        "Retry where no attempt is left",
        "{0} never leads to a retry, because {1} allows one attempt. Decide at once, by a dead letter or a drop, or allow more attempts.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0515_NoAttemptLeftAtEnd = AtCompilationEnd(NATS0515_NoAttemptLeft);

    public static readonly DiagnosticDescriptor NATS0516_OrderByWithoutToken =
        Rule("NATS0516", "OrderBy names no token", "{0}", Categories.Consumers, Error);

    public static readonly DiagnosticDescriptor NATS0517_HandlerTimeoutTooLong = Rule(
        "NATS0517",
        "Handler may outlive its delivery",
        "HandlerTimeout is {0}, but the server delivers the message again after {1} (MaxAckExtension {2} and one AckWait), while the handler may still be running. Raise MaxAckExtension, or shorten HandlerTimeout.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0518_ShadowedExceptionRule = Rule(
        "NATS0518",
        "Rule for an exception never applies",
        "{0} comes too late: the rule for {1} before it fits {2} as well, and the first that fits decides. State the more special exception first.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0519_MisplacedBatches =
        Rule("NATS0519", "Consumer cannot make batches", "{0}", Categories.Consumers, Error);

    public static readonly DiagnosticDescriptor NATS0519_MisplacedBatchesAtEnd = AtCompilationEnd(NATS0519_MisplacedBatches);
}
