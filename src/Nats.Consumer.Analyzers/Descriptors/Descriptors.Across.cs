using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 04xx: across the classes of a program.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0401_SameSubjectInTwoClasses = Rule(
        "NATS0401",
        "Two classes of a consumer handle the same subject",
        "{0} handles '{2}' as {1} does, and {3} calls both for each message. If one of them was meant, change the other's [Handle]; if both, name them in Handlers.",
        Categories.Consumers,
        Info);

    public static readonly DiagnosticDescriptor NATS0401_SameSubjectInTwoClassesAtEnd = AtCompilationEnd(NATS0401_SameSubjectInTwoClasses);

    public static readonly DiagnosticDescriptor NATS0402_OverlappingStreams = Rule(
        "NATS0402",
        "Streams overlap",
        "'{0}' of stream '{1}' overlaps '{2}' of stream '{3}'; the server takes only one of the two (10065). Each subject belongs to one stream.",
        Categories.Consumers,
        Error,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor NATS0403_OutsideStream = Rule(
        "NATS0403",
        "Stream does not capture what is consumed",
        "Stream '{1}' captures {2}, and so nothing of '{0}': {3} never gets such a message. Add it to the stream's Subjects, or correct it.",
        Categories.Consumers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0403_OutsideStreamAtEnd = AtCompilationEnd(NATS0403_OutsideStream);

    public static readonly DiagnosticDescriptor NATS0404_StreamInTwoWays = Rule(
        "NATS0404",
        "One stream is set up in two ways",
        "{0} and {1} both set up stream '{2}', one with {3}, the other with {4}. The later one takes away what only the earlier one states: use one list for both.",
        Categories.Consumers,
        Warning,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);
}
