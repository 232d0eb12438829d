using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// NATS0501 to NATS0503 for a <c>ConsumerConfig</c>, whose <c>Backoff</c> is the server's own: it replaces the ack wait, and the server takes no more steps than
/// deliveries (10116); before 2.10 it took fewer only.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandMadeConsumer() : NatsAnalyzer(
    Descriptors.NATS0501_UnusedDelays, Descriptors.NATS0502_OneDelayTooMany, Descriptors.NATS0503_IgnoredSetting)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterOperationAction(
        operation =>
        {
            var creation = (IObjectCreationOperation)operation.Operation;
            if (creation.Type.Is(symbols.ConsumerConfig) && Value(creation, "Backoff") is { } backoff && Durations.TryReadAll(backoff, out var steps) && !steps.IsEmpty)
                Judge(creation, steps, operation);
        },
        OperationKind.ObjectCreation);

    private static void Judge(IObjectCreationOperation creation, ImmutableArray<(TimeSpan Time, SyntaxNode Syntax)> steps, OperationAnalysisContext context)
    {
        if (Value(creation, "AckWait") is { } ackWait && Durations.TryRead(ackWait, out var wait) && wait != steps[0].Time)
        {
            Report(
                Descriptors.NATS0503_IgnoredSetting,
                DiagnosticSeverity.Warning,
                ackWait.Syntax,
                $"The server replaces AckWait by the first step of Backoff ({steps[0].Time}). Leave AckWait out, or Backoff, and delay by negative acks.");
        }
        if (Value(creation, "MaxDeliver") is not { } maxDeliver || !Constants.TryNumber(ConstantTexts.Unwrap(maxDeliver), out var attempts) || attempts < 1 || steps.Length < attempts)
            return;
        if (steps.Length > attempts)
        {
            Report(
                Descriptors.NATS0501_UnusedDelays,
                DiagnosticSeverity.Error,
                steps[(int)attempts].Syntax,
                $"Backoff has {steps.Length} steps and MaxDeliver is {attempts}; the server refuses more steps than deliveries (10116). Remove the last ones, or raise MaxDeliver.",
                Removal.WithFollowing("Remove the steps that are too many"));
        }
        else
        {
            Report(
                Descriptors.NATS0502_OneDelayTooMany,
                DiagnosticSeverity.Info,
                steps[steps.Length - 1].Syntax,
                $"Backoff has as many steps as there are deliveries ({attempts}), which nats-server before 2.10 refuses (10116). Remove the last one, or raise MaxDeliver.",
                Removal.WithFollowing("Remove the last step"));
        }

        void Report(DiagnosticDescriptor rule, DiagnosticSeverity severity, SyntaxNode syntax, string message, ImmutableDictionary<string, string?>? properties = null) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, syntax.GetLocation(), severity, additionalLocations: null, properties, message));
    }

    private static IOperation? Value(IObjectCreationOperation creation, string property) => creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property: var target } && target.Name == property)?.Value;
}
