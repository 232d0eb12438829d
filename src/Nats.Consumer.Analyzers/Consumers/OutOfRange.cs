using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0513: the checks of the runtime's ConsumerSettings, in its words.</summary>
internal static class OutOfRange
{
    private static readonly TimeSpan LeastAckWait = TimeSpan.FromMilliseconds(10);

    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        AtLeast(1, consumer.MaxDeliver, "MaxDeliver");
        AtLeast(1, consumer.MaxAckPending, "MaxAckPending");
        AtLeast(1, consumer.Concurrency, "Concurrency");
        AtLeast(1, consumer.BatchSize, "BatchSize");
        AtLeast(0, consumer.MaxBytes, "MaxBytes");
        AtLeast(1, consumer.MaxMessages, "MaxMessages");
        Unless(consumer.MaxWait, wait => wait >= TimeSpan.Zero, wait => $"MaxWait is {wait}; it cannot be negative.");
        Unless(consumer.HandlerTimeout, timeout => timeout is null || timeout > TimeSpan.Zero, timeout => $"HandlerTimeout is {timeout}; it must be positive, or null for no limit.");
        Unless(consumer.InactiveThreshold, time => time is null || time > TimeSpan.Zero, time => $"InactiveThreshold is {time}; it must be positive, or null to keep the durable for ever.");
        Unless(consumer.MaxAckExtension, time => time >= TimeSpan.Zero, time => $"MaxAckExtension is {time}; it must be positive, or zero to leave the ack wait alone.");
        Unless(consumer.StartSequence, sequence => sequence != 0 || consumer.DeliverPolicy is not { IsKnown: true, Value: "ByStartSequence" }, _ => "StartSequence is 0; sequences start at 1.");
        Unless(consumer.AckWait, wait => wait >= LeastAckWait, wait => $"AckWait is {wait}; it must be at least 10 ms, and longer than a handler takes.");
        foreach (var (time, syntax) in consumer.Delays.List ?? [])
        {
            if (time < TimeSpan.Zero)
                Report(syntax, "A retry delay cannot be negative.");
        }
        if (consumer.IsOrdered)
            JudgeOrdered();

        void JudgeOrdered()
        {
            Unless(consumer.Concurrency, number => number == 1, number => $"Concurrency is {number}; an ordered consumer handles one message at a time.");
            Unless(consumer.Delivery, mode => mode == "AtLeastOnce", mode => $"Delivery is {mode}; an ordered consumer acknowledges nothing. Derive from PullConsumer.");
            Unless(consumer.OnExhausted, behavior => behavior != "Nak", _ => "OnExhausted is Nak; an ordered consumer acknowledges nothing. Use Terminate to go on without the message.");
            const string NoPosition = "An ordered consumer has neither DurableName nor OrderBy: it keeps no position, and everything is in order. Remove them, or derive from PullConsumer.";
            Unless(consumer.DurableName, name => name is null, _ => NoPosition);
            Unless(consumer.OrderBy, token => token is null, _ => NoPosition);
        }

        void AtLeast(long least, Setting<long> setting, string name) => Unless(setting, value => value >= least, value => $"{name} is {value}; it must be at least {least}.");

        void Unless<T>(Setting<T> setting, Func<T, bool> isRight, Func<T, string> message)
        {
            if (setting is { IsStated: true, Syntax: { } syntax } && !isRight(setting.Value))
                Report(syntax, message(setting.Value));
        }

        void Report(SyntaxNode syntax, string message) => context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0513_OutOfRange, syntax.GetLocation(), message));
    }
}
