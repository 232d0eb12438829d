using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 02xx: which handler takes what. Routing is most specific first, so order in the source means nothing.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0201_DuplicateSubject = Rule(
        "NATS0201",
        "Subject is handled twice in one class",
        "{0} and {1} both handle '{2}'. Within a class each subject has one handler: remove one [Handle], or change its subject.",
        Categories.Routing,
        Error);

    public static readonly DiagnosticDescriptor NATS0202_ShadowedPattern = Rule(
        "NATS0202",
        "Pattern never takes a message",
        "{0}",
        Categories.Routing,
        Warning);

    public static readonly DiagnosticDescriptor NATS0203_OverlappingPatterns = Rule(
        "NATS0203",
        "Patterns overlap",
        "Some subjects match '{0}' as well as '{1}' of {2}. The most specific one is called, token by token from the left: '{3}'.",
        Categories.Routing,
        Info,
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor NATS0204_OutsideConsumer = Rule(
        "NATS0204",
        "Handler is out of its consumer's reach",
        "{0}",
        Categories.Routing,
        Warning);

    public static readonly DiagnosticDescriptor NATS0204_OutsideConsumerAtEnd = AtCompilationEnd(NATS0204_OutsideConsumer);

    public static readonly DiagnosticDescriptor NATS0205_UnhandledSubject = Rule(
        "NATS0205",
        "Consumer has a subject that nobody handles",
        "{0}",
        Categories.Routing,
        Info);

    public static readonly DiagnosticDescriptor NATS0205_UnhandledSubjectAtEnd = AtCompilationEnd(NATS0205_UnhandledSubject);
}
