using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 06xx: from handlers that are found by their names. All are hints: the compiler warns already, since ConventionHandler is obsolete.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0601_RoutedByName = Rule(
        "NATS0601",
        "Handlers are found by their names",
        "{0} finds its methods by their names. Mark them with [Handle], which calls the same methods for the same subjects.",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0602_Obstacle = Rule(
        "NATS0602",
        "Class cannot be moved to [Handle] by itself",
        "{0} cannot be moved to [Handle] by a fix: {1}",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0603_Collision = Rule(
        "NATS0603",
        "Subjects share a method by their names",
        "'{0}' is handled by {1}, as '{2}' is: their names differ in what names do not count. With [Handle] each subject can have a method of its own.",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0604_NeverRouted = Rule(
        "NATS0604",
        "Listed subject is never routed",
        "'{0}' is listed and never routed: {1}",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0605_DeadMethod = Rule(
        "NATS0605",
        "Method is named like a handler and never called",
        "{0} is never called by its name: {1}",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0606_NameInText = Rule(
        "NATS0606",
        "Text names a handler method",
        "This text names {0}. Renaming the method does not change it: write nameof({1}).",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0607_TextualReason = Rule(
        "NATS0607",
        "Reason of the fallback is a text",
        "The reason of the fallback is a text, which [Handle] does not know. Take a FallbackReason: 'unhandled_subject' is NoHandler, and 'not_implemented' and 'no_mapping' never come.",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0608_RetryMembers = Rule(
        "NATS0608",
        "Retries are stated by the members of version 1",
        "{0}",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0609_LegacyName = Rule(
        "NATS0609",
        "Handler is named as version 1 wants it",
        "{0} is named after a subject, which [Handle] makes unnecessary. Name it after what happened, as {1}.",
        Categories.Migration,
        Info);

    public static readonly DiagnosticDescriptor NATS0610_WireChange = Rule(
        "NATS0610",
        "Changed subject changes the wire",
        "Changing '{0}' to '{1}' touches more than this handler: {2}",
        Categories.Migration,
        Info,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor NATS0611_Bridge = Rule(
        "NATS0611",
        "Old subject stands beside its successor",
        "'{0}' bridges to '{1}', which stands beside it. Remove it when nobody publishes it any more and what is stored of it is handled.",
        Categories.Migration,
        Info);
}
