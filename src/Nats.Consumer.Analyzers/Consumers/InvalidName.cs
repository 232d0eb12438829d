using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// NATS0505: names of streams and durables that the server cannot have, in the words of the runtime's JetStreamName. A dot makes another subject of the server's
/// API, which nobody answers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidName() : NatsAnalyzer(Descriptors.NATS0505_InvalidName)
{
    private const int MaxBytes = 255;

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => GivenValues.Register(context, (operation, target, value) =>
    {
        if (WhatIsNamed(target, symbols) is not { } what || value.ConstantValue is not { HasValue: true, Value: string name } || Error(name, what) is not { } error)
            return;
        var literal = ConstantTexts.Unwrap(value).Syntax;
        var properties = literal is LiteralExpressionSyntax && Suggest(name) is { Length: > 0 } other ? Replacement.Properties(other, literal.Span) : null;
        operation.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0505_InvalidName, literal.GetLocation(), properties, error));
    });

    private static string? WhatIsNamed(ISymbol target, NatsSymbols symbols) => target switch
    {
        { Name: "Name" } when target.ContainingType.Is(symbols.StreamConfig) => "stream",
        IPropertySymbol { Name: "StreamName" } when symbols.IsConsumerClass(target.ContainingType) => "stream",
        IPropertySymbol { Name: "DurableName" } when symbols.IsConsumerClass(target.ContainingType) || target.ContainingType.Is(symbols.ConsumerConfig) => "durable",
        IPropertySymbol { Name: "Name" } when target.ContainingType.Is(symbols.ConsumerConfig) => "consumer",
        IParameterSymbol { Name: "stream" or "consumer" } when target.ContainingType.Is(symbols.JetStream) => target.Name,
        _ => null,
    };

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    internal static string? Error(string name, string what)
    {
        if (name.Length == 0)
            return $"The {what} name is empty.";
        var index = Array.FindIndex(name.ToCharArray(), IsForbidden);
        if (index >= 0)
        {
            return $"The {what} name {SubjectText.Quote(name.AsSpan())} has {Show(name[index])} at position {index}, which {what} names cannot have. "
                + $"Use letters, digits, '-' and '_', as in '{Suggest(name)}'.";
        }
        return Encoding.UTF8.GetByteCount(name) > MaxBytes ? $"The {what} name '{name.Substring(0, 40)}…' has more than {MaxBytes} bytes." : null;
    }

    private static bool IsForbidden(char c) => c is '.' or '*' or '>' or '/' or '\\' or <= ' ' or '\x7f';

    private static string Show(char c) => c switch
    {
        '.' => "a dot",
        ' ' => "a space",
        < ' ' or '\x7f' => "a control character",
        _ => $"'{c}'",
    };

    private static string Suggest(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
}
