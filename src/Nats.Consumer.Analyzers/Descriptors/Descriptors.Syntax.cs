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
}
