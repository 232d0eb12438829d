using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 00xx: the syntax of subjects. The messages are those of the algebra, which the runtime shows at start.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0001_InvalidSubject =
        Rule("NATS0001", "Subject is invalid", "{0}", Categories.Subjects, Error);

    public static readonly DiagnosticDescriptor NATS0002_PartialWildcard =
        Rule("NATS0002", "Wildcard inside a token is no wildcard", "{0}", Categories.Subjects, Error);

    public static readonly DiagnosticDescriptor NATS0003_WildcardInConcreteSubject =
        Rule("NATS0003", "Message is published to a wildcard", "{0}", Categories.Subjects, Error);

    public static readonly DiagnosticDescriptor NATS0004_ReservedSubject =
        Rule("NATS0004", "Subject is reserved for the server", "Subject '{0}' begins with '{1}', which belongs to {2}. {3}.", Categories.Subjects, Warning);

    public static readonly DiagnosticDescriptor NATS0005_TooLong = Rule(
        "NATS0005",
        "Subject is very long",
        "The subject has {0}, and more than {1} are not advised. Every message, filter and permission carries them: put into the payload or headers what nobody routes by.",
        Categories.Subjects,
        Info);
}
