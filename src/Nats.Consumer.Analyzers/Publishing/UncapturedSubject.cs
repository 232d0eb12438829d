using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>
/// NATS0801: a constant subject that no stream of the project captures. Streams may be made elsewhere, so only a near miss is reported. Who lists what is
/// captured elsewhere, by <c>nats_toolkit.captured_subjects</c>, gets every miss.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncapturedSubject() : NatsAnalyzer(Descriptors.NATS0801_UncapturedSubject)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        if (context.Compilation.IsTestProject())
            return;
        var marks = new SubjectMarks(symbols);
        var streams = new ConcurrentBag<StreamModel>();
        var published = new ConcurrentBag<StatedPattern>();
        context.RegisterOperationAction(
            operation =>
            {
                if (StreamModel.Read(operation.Operation, operation.ContainingSymbol, symbols) is { } stream)
                    streams.Add(stream);
            },
            OperationKind.ObjectCreation,
            OperationKind.With);
        context.RegisterOperationAction(
            operation =>
            {
                if (Published((IArgumentOperation)operation.Operation, marks) is { } subject)
                    published.Add(subject);
            },
            OperationKind.Argument);
        context.RegisterCompilationEndAction(end =>
        {
            // A stream that is not all constant may capture anything.
            if (streams.All(stream => stream.Subjects is not null))
                Judge(SourceOrder.Of(published, subject => subject.Syntax!.GetLocation()), [.. SourceOrder.Of(streams, stream => stream.Location)], end);
        });
    }

    private static StatedPattern? Published(IArgumentOperation argument, SubjectMarks marks) =>
        argument.Value.ConstantValue.Value is string text
        && argument.Parameter is { } parameter
        && marks.RoleOf(parameter) == SubjectRole.Publish
        && Subject.TryValidate(text.AsSpan(), out _)
        && SubjectPattern.TryParse(text, out var subject, out _)
            ? new StatedPattern(subject, argument.Value.Syntax)
            : null;

    private static void Judge(IEnumerable<StatedPattern> published, List<StreamModel> streams, CompilationAnalysisContext context)
    {
        var captured = new PatternTrie(streams.SelectMany(stream => stream.Subjects!.Value).Select(subject => subject.Pattern));
        foreach (var subject in published.Where(subject => !captured.CoversByOne(subject.Pattern)))
        {
            var elsewhere = new NatsOptions(context.Options.AnalyzerConfigOptionsProvider.GetOptions(subject.Syntax!.SyntaxTree)).CapturedSubjects;
            if (elsewhere?.Any(pattern => pattern.Covers(subject.Pattern)) == true)
                continue;
            var near = streams.FirstOrDefault(stream => stream.Subjects!.Value.Any(own => NearMiss.Is(subject.Pattern, own.Pattern)));
            if (near is not null || elsewhere is not null)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0801_UncapturedSubject, subject.Syntax.GetLocation(), subject, Why(near)));
        }
    }

    private static string Why(StreamModel? near) => near is null
        ? $"neither one of the project nor {NatsOptions.CapturedSubjectsKey} has it"
        : $"stream '{near.Name}' captures {string.Join(", ", near.Subjects!.Value)} only";
}
