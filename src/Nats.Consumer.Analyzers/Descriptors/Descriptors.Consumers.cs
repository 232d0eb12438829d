using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 05xx: what consumers and streams state of themselves. 0510 is not used.
internal static partial class Descriptors
{
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
        "The consumer takes '{0}' anyway: it is within '{1}'. Leave it out.",
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
}
