using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 03xx: handler classes and methods.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0301_HandlerSignature =
        Rule("NATS0301", "Method cannot be called as a handler", "{0}", Categories.Handlers, Error);

    public static readonly DiagnosticDescriptor NATS0302_NotAHandlerClass =
        Rule("NATS0302", "Class is never called as a handler", "{0}", Categories.Handlers, Error);

    public static readonly DiagnosticDescriptor NATS0303_BlockingCall = Rule(
        "NATS0303",
        "Handler blocks its thread",
        "'{0}' blocks a thread until it is done, and the consumer's other messages wait with it. Await {1} instead.",
        Categories.Handlers,
        Warning);

    public static readonly DiagnosticDescriptor NATS0304_TokenNotPassed = Rule(
        "NATS0304",
        "Handler passes another token than its own",
        "'{0}' gets no cancellation from the worker. Pass '{1}', which is cancelled when the handler must stop.",
        Categories.Handlers,
        Info);

    public static readonly DiagnosticDescriptor NATS0305_NoToken = Rule(
        "NATS0305",
        "Handler takes no cancellation token",
        "'{0}' can be cancelled, but {1} has no CancellationToken to pass. Add the parameter: it is cancelled when the handler must stop.",
        Categories.Handlers,
        Info);

    public static readonly DiagnosticDescriptor NATS0306_UnusedHandlerClass = Rule(
        "NATS0306",
        "No consumer calls the handler class",
        "{0} is called by no consumer of the application: {1}. Name it in the Handlers of a consumer, or remove it.",
        Categories.Handlers,
        Info,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);
}
