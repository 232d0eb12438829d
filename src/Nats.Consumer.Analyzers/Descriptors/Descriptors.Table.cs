using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 0307: what the generated table of handlers cannot hold.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0307_NotInTable = Rule(
        "NATS0307",
        "Class is found by reflection",
        "{0} {1}, so that generated code cannot use it: it is found by reflection, which trimmed and ahead-of-time compiled applications do not have",
        Categories.Handlers,
        Info);
}
