using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Suppressors;

public class HandlerSuppressorTests
{
    private const string Source = """
        internal sealed class OrderHandler : ConsumerHandler
        {
            [Handle("a")] private Task On() => Task.CompletedTask;
            private void Help() { }
        }
        internal sealed class OrderConsumer : PullConsumer { public override string StreamName => "orders"; }
        internal sealed class Other { }
        """;

    [Theory]
    [InlineData("CA1822", "Help", "get_StreamName")]
    [InlineData("IDE0051", "Help", "get_StreamName")]
    [InlineData("VSTHRD200", "Help", "get_StreamName")]
    [InlineData("CA1812", "Other")]
    [InlineData("CA1515", "Other")]
    public async Task OnlyWhatTheRuntimeUses_IsSuppressed(string id, params string[] left)
    {
        var project = TestProject.Create([Source], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var findings = await project.AnalyzeAsync([new Reporter(id), new HandlerSuppressor()]);
        findings.Select(finding => finding.GetMessage()).Order().ShouldBe(left.Order());
    }

    /// <summary>Reports every method, or every class, under the id of a rule of the SDK.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Reporter(string id) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _rule = new(id, "Foreign", "{0}", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            var kind = id is "CA1812" or "CA1515" ? SymbolKind.NamedType : SymbolKind.Method;
            context.RegisterSymbolAction(symbol => symbol.ReportDiagnostic(Diagnostic.Create(_rule, symbol.Symbol.Locations[0], symbol.Symbol.Name)), kind);
        }
    }
}
