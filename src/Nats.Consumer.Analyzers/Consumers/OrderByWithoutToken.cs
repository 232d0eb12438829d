using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0516: the check of the runtime's LaneKeys, in its words.</summary>
internal static class OrderByWithoutToken
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.OrderBy is not { IsStated: true, Value: { } name, Syntax: { } syntax } || !consumer.Subjects.IsKnown || consumer.IsOrdered)
            return;
        if (consumer.Subjects.Value.FirstOrDefault(subject => !subject.Pattern.Tokens.Any(token => token.Parameter == name)) is { } without)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0516_OrderByWithoutToken,
                syntax.GetLocation(),
                $"OrderBy is '{name}', and '{without}' of Subjects has no token '{{{name}}}'. Write the token into each pattern, as in \"orders.{{{name}}}.>\"."));
        }
    }
}
