using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Consumers;
using Nats.Consumer.Analyzers.Migration;
using Nats.Consumer.Analyzers.Naming;
using Nats.Consumer.Analyzers.Syntax;

namespace Nats.Consumer.Analyzers;

/// <summary>Runs the rules that judge single subjects and lists of them. A new one is a class of its own and a line here.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SubjectAnalyzer : NatsAnalyzer
{
    private static readonly SubjectRule[] Rules =
    [
        new InvalidSubject(),
        new PartialWildcard(),
        new WildcardInConcreteSubject(),
        new ReservedSubject(),
        new TooLong(),
        new SeparatorInsteadOfDot(),
        new SeparatorInToken(),
        new UpperCase(),
        new TooDeep(),
        new SpecialCharacter(),
        new LeadingWildcard(),
    ];

    private static readonly SubjectListRule[] ListRules =
    [
        new OverlappingStreamSubjects(),
        new RedundantConsumerSubject(),
        new Bridge(),
    ];

    public SubjectAnalyzer()
        : base([.. Rules.Select(rule => rule.Descriptor), .. ListRules.Select(rule => rule.Descriptor)])
    {
    }

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => SubjectFinder.Register(context, symbols, Judge);

    private static void Judge(OperationAnalysisContext context, SubjectList list)
    {
        if (NothingNamed.Judge(list) is { } nothing)
            context.ReportDiagnostic(nothing);
        foreach (var rule in ListRules)
            rule.Judge(list, context.ReportDiagnostic);
        foreach (var site in list.Sites)
        {
            var options = NatsOptions.For(context, site.Syntax);
            foreach (var rule in Rules)
                rule.Judge(site, options, context.ReportDiagnostic);
        }
    }
}
