using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 08xx: what is published, and payloads.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0801_UncapturedSubject = Rule(
        "NATS0801",
        "No stream captures what is published",
        "No stream captures '{0}', so nothing stores the message and the publish fails: {1}. Correct the subject, or add it to the stream.",
        Categories.Publishing,
        Warning,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor NATS0802_PayloadWithoutMetadata = Rule(
        "NATS0802",
        "Payload type is unknown to the JSON context",
        "{0} is in no JsonSerializerContext, and UseJson turns reflection off: every message fails. {1}.",
        Categories.Publishing,
        Warning,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);
}
