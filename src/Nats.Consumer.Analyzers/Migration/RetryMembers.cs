using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0608: a consumer with the retry members of version 1.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetryMembers() : NatsAnalyzer(Descriptors.NATS0608_RetryMembers)
{
    /// <summary>Properties of the finding, for its fix: how many attempts there are, and the delays in seconds.</summary>
    public const string MaxDeliver = nameof(MaxDeliver), Delays = nameof(Delays);

    internal static readonly string[] Names = ["MaxRetries", "InitialRetryDelay", "BackoffFactor", "MaxRetryDelay"];

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        if (symbols.ConventionPullConsumer is null)
            return;
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (!type.DerivesFrom(symbols.ConventionPullConsumer) && !type.DerivesFrom(symbols.ConventionPushConsumer))
                    return;
                var values = new PropertyValues(type, symbols);
                start.RegisterOperationAction(values.Add, OperationKind.Return, OperationKind.PropertyInitializer, OperationKind.FieldInitializer);
                start.RegisterSymbolEndAction(end => Judge(type, values, end));
            },
            SymbolKind.NamedType);
    }

    private static void Judge(INamedTypeSymbol type, PropertyValues values, SymbolAnalysisContext context)
    {
        var retries = values.Read<long>("MaxRetries", ConventionRetries.MaxRetries, Constants.TryNumber);
        var initial = values.Read("InitialRetryDelay", ConventionRetries.InitialRetryDelay, TryReal);
        var factor = values.Read("BackoffFactor", ConventionRetries.BackoffFactor, TryReal);
        var longest = values.Read("MaxRetryDelay", ConventionRetries.MaxRetryDelay, TryReal);
        var isDirect = type.BaseType!.Name is "ConventionPullConsumer" or "ConventionPushConsumer";
        if (!isDirect)
        {
            if (Names.Any(name => type.GetMembers(name).Length > 0))
                Report("{0} and its base class state retries by the members of version 1. State MaxDeliver, one more than MaxRetries, and BackoffDelays instead.", null);
            return;
        }
        if (!retries.IsKnown || !initial.IsKnown || !factor.IsKnown || !longest.IsKnown || retries.Value > 100)
        {
            Report("The retries of {0} are not constant. State MaxDeliver, one more than MaxRetries, and BackoffDelays or Retry instead.", null);
            return;
        }

        // Who overrides them would override nothing afterwards.
        if (context.Compilation.GetSymbolsWithName(Names.Contains, SymbolFilter.Member, context.CancellationToken).Any(member => member.ContainingType.DerivesFrom(type)))
        {
            Report("{0} states retries by the members of version 1, and so does a class that derives from it. State MaxDeliver, one more than MaxRetries, and BackoffDelays in both.", null);
            return;
        }

        var delays = ConventionRetries.Delays((int)retries.Value, initial.Value, factor.Value, longest.Value);
        var sum = TimeSpan.FromTicks(delays.Sum(delay => delay.Ticks));
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(MaxDeliver, (Math.Max(0, retries.Value) + 1).ToString(CultureInfo.InvariantCulture))
            .Add(Delays, string.Join(" ", delays.Select(delay => delay.TotalSeconds.ToString(CultureInfo.InvariantCulture))));
        var said = Names.Any(name => type.GetMembers(name).Length > 0) ? "states its retries by the members of version 1" : "has the retries of version 1, whose defaults differ from those of PullConsumer";
        var late = sum >= TimeSpan.FromSeconds(30) ? " In version 1 a message was delivered again while it was being retried, since its delays exceed the ack wait; that is over." : "";
        Report($"{{0}} {said}: {properties[MaxDeliver]} attempts, {(delays.Count == 0 ? "no delays" : $"after {properties[Delays]!.Replace(" ", ", ")} s")}. State them by MaxDeliver and BackoffDelays.{late}", properties);

        void Report(string message, ImmutableDictionary<string, string?>? properties) =>
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0608_RetryMembers, type.Locations[0], properties, message.Replace("{0}", type.Name)));
    }

    private static bool TryReal(IOperation value, out double number)
    {
        var found = value.ConstantValue.HasValue ? value.ConstantValue.Value : null;
        number = found is double real ? real : found is float single ? single : found is int whole ? whole : double.NaN;
        return !double.IsNaN(number);
    }
}
