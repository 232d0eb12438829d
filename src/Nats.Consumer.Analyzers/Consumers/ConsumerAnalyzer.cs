using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Across;
using Nats.Consumer.Analyzers.Handlers;
using Nats.Consumer.Analyzers.Routing;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// Runs the rules that judge what consumers say of themselves. What one class shows is said at once; what takes all classes of an application is said when all
/// are known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConsumerAnalyzer() : NatsAnalyzer(
    Descriptors.NATS0204_OutsideConsumer,
    Descriptors.NATS0204_OutsideConsumerAtEnd,
    Descriptors.NATS0205_UnhandledSubject,
    Descriptors.NATS0205_UnhandledSubjectAtEnd,
    Descriptors.NATS0302_NotAHandlerClass,
    Descriptors.NATS0306_UnusedHandlerClass,
    Descriptors.NATS0401_SameSubjectInTwoClasses,
    Descriptors.NATS0401_SameSubjectInTwoClassesAtEnd,
    Descriptors.NATS0402_OverlappingStreams,
    Descriptors.NATS0403_OutsideStream,
    Descriptors.NATS0403_OutsideStreamAtEnd,
    Descriptors.NATS0404_StreamInTwoWays,
    Descriptors.NATS0501_UnusedDelays,
    Descriptors.NATS0502_OneDelayTooMany,
    Descriptors.NATS0503_IgnoredSetting,
    Descriptors.NATS0504_ShortAckWait,
    Descriptors.NATS0511_Abandoned,
    Descriptors.NATS0512_DeadLettersCaptured,
    Descriptors.NATS0512_DeadLettersCapturedAtEnd,
    Descriptors.NATS0513_OutOfRange,
    Descriptors.NATS0514_SharedDurable,
    Descriptors.NATS0515_NoAttemptLeft,
    Descriptors.NATS0515_NoAttemptLeftAtEnd,
    Descriptors.NATS0516_OrderByWithoutToken,
    Descriptors.NATS0517_HandlerTimeoutTooLong,
    Descriptors.NATS0518_ShadowedExceptionRule,
    Descriptors.NATS0519_MisplacedBatches,
    Descriptors.NATS0519_MisplacedBatchesAtEnd)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        var found = new Found();
        ConsumerModel.Register(context, symbols, (end, consumer) =>
        {
            found.Consumers.Add(consumer);
            JudgeOne(consumer, symbols, end);
        });
        if (!Application.CanBe(context.Compilation))
            return;
        found.Register(context, symbols);
        context.RegisterCompilationEndAction(end =>
        {
            if (Application.Of(found, symbols, end) is { } application)
                JudgeAll(application, end.ReportDiagnostic);
        });
    }

    private static void JudgeOne(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        OutOfRange.Judge(consumer, context);
        UnusedDelays.Judge(consumer, context);
        IgnoredDelays.Judge(consumer, context);
        ShortAckWait.Judge(consumer, context);
        Abandoned.Judge(consumer, context);
        OrderByWithoutToken.Judge(consumer, context);
        HandlerTimeoutTooLong.Judge(consumer, context);
        ShadowedExceptionRule.Judge(consumer, context);
        NoAttemptLeft.JudgeOwn(consumer, context);
        ImpossibleHandlers.Judge(consumer, symbols, context);
        MisplacedBatches.JudgeStated(consumer, symbols, context);
        OutsideConsumer.JudgeStated(consumer, symbols, context);
        UnhandledSubject.JudgeStated(consumer, symbols, context);
        SameSubjectInTwoClasses.JudgeStated(consumer, symbols, context);
        OutsideStream.JudgeOwn(consumer, context);
        DeadLettersCaptured.JudgeOwn(consumer, context);
    }

    private static void JudgeAll(Application application, Action<Diagnostic> report)
    {
        UnusedHandlerClass.Judge(application, report);
        OutsideConsumer.JudgePatterns(application, report);
        MisplacedBatches.JudgeFound(application, report);
        UnhandledSubject.JudgeFound(application, report);
        SameSubjectInTwoClasses.JudgeFound(application, report);
        if (application.IsOnOneServer)
        {
            OverlappingStreams.Judge(application, report);
            OutsideStream.JudgeOthers(application, report);
            StreamInTwoWays.Judge(application, report);
            DeadLettersCaptured.JudgeOthers(application, report);
        }

        SharedDurable.Judge(application, report);
        NoAttemptLeft.JudgeHandlers(application, report);
    }
}
