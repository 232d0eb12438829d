using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>What the verifier must refuse. Each says why, for a test may fail for a wrong reason, too.</summary>
public class VerifyTests
{
    private const string Bad = "public class [|Bad|] { }", Good = "public class Good { }";

    [Fact]
    public Task MarkedFinding_Passes() => With().Reports(Bad);

    [Fact]
    public Task MissingFinding_Fails() => Fails(() => With().Reports("public class [|Good|] { }"), "Missing: TEST01 in file 0 at 'Good'. Unexpected: none");

    [Fact]
    public Task UnexpectedFinding_Fails() => Fails(() => With().Reports("public class Bad { }"), "Missing: none. Unexpected: TEST01 in file 0 at 'Bad'");

    [Fact]
    public Task WrongSpan_Fails() => Fails(() => With().Reports("public [|class Bad|] { }"), "Missing: TEST01 in file 0 at 'class Bad'. Unexpected: TEST01 in file 0 at 'Bad'");

    [Fact]
    public Task WrongFile_Fails() => Fails(() => With().Reports("public class Bad { }", "public class [|Other|] { }"), "Missing: TEST01 in file 1 at 'Other'");

    [Fact]
    public Task WrongId_Fails() => Fails(() => With().Reports("public class {|TEST02:Bad|} { }"), "Missing: TEST02 in file 0 at 'Bad'. Unexpected: TEST01");

    [Fact]
    public Task CodeThatDoesNotCompile_Fails() => Fails(() => With().Reports("public class [|Bad|] : Missing { }"), "The code does not compile");

    [Fact]
    public Task Crash_Fails() => Fails(() => With().Reports("public class Crash { }"), "An analyzer crashed: System.InvalidOperationException: on purpose");

    [Theory]
    [InlineData("public class [|Bad { }", "1 not closed")]
    [InlineData("public class Bad|] { }", "'|]' at 16 closes nothing")]
    [InlineData("public class [|Bad|} { }", "'|}' at 18 closes nothing")]
    public Task UnbalancedMarkup_Fails(string markup, string why) => Fails(() => With().Reports(markup), why);

    [Fact]
    public Task RightFix_Passes() => With(new Fix()).Fixes(Bad, Good);

    [Fact]
    public Task SeveralFiles_AreFixed() => With(new Fix()).Fixes([Bad, "namespace N; public class [|Bad|] { }"], [Good, "namespace N; public class Good { }"]);

    [Fact]
    public Task WrongFix_Fails() => Fails(() => With(new Fix()).Fixes(Bad, "public class Better { }"), "One by one, file 0 became:\npublic class Good { }");

    [Fact]
    public Task FixThatBreaksTheCode_Fails() =>
        Fails(() => With(new Fix { Name = "Taken" }).Fixes(Bad + " class Taken { }", "public class Taken { } class Taken { }"), "The code does not compile");

    [Fact]
    public Task FixWhoseTreeIsNotItsText_Fails() => Fails(() => With(new Fix { Name = "int" }).Fixes(Bad, "public class int { }"), "is a tree that its text does not parse to");

    [Fact]
    public Task FixThatFixesNothing_Fails() => Fails(() => With(new Fix { Name = "Bad" }).Fixes(Bad, Good), "does not converge");

    [Fact]
    public Task FixWithoutKey_Fails() => Fails(() => With(new Fix { Key = "" }).Fixes(Bad, Good), "no equivalence key");

    [Fact]
    public Task FixThatCannotFixAll_Fails() => Fails(() => With(new Fix { All = null }).Fixes(Bad, Good), "cannot fix all");

    [Fact]
    public Task NoFixWhereOneIsOffered_Fails() => Fails(() => With(new Fix()).HasNoFix(Bad), "A fix was offered: Rename");

    [Fact]
    public Task WrongMessage_Fails() => Fails(() => With().Says("Worse.", Bad), "No finding says 'Worse.', but: Bad name");

    [Fact]
    public async Task Severity_ByEditorConfig() =>
        (await With().With("dotnet_diagnostic.TEST01.severity = error").Reports(Bad)).Single().Severity.ShouldBe(DiagnosticSeverity.Error);

    [Fact]
    public void References_AreThoseOfAUser()
    {
        TestProject.ReferenceNames.ShouldContain("System.Runtime");
        TestProject.ReferenceNames.ShouldContain("Nats.Consumer.Runtime");
        TestProject.ReferenceNames.ShouldNotContain("xunit.v3.core");
        TestProject.ReferenceNames.ShouldNotContain("Microsoft.CodeAnalysis");
    }

    private static Verify With(CodeFixProvider? fix = null) => new("TEST01", [new Rule()], fix);

    private static async Task Fails(Func<Task> verification, string why) => (await Should.ThrowAsync<VerificationException>(verification)).Message.ShouldContain(why);

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Rule : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Descriptor = new("TEST01", "Bad", "Bad name", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                symbol =>
                {
                    if (symbol.Symbol.Name == "Crash")
                        throw new InvalidOperationException("on purpose");
                    if (symbol.Symbol.Name == "Bad")
                        symbol.ReportDiagnostic(Diagnostic.Create(Descriptor, symbol.Symbol.Locations[0]));
                },
                SymbolKind.NamedType);
        }
    }

    [ExportCodeFixProvider(LanguageNames.CSharp), Shared]
    private sealed class Fix : CodeFixProvider
    {
        public string Name { get; init; } = "Good";

        public string Key { get; init; } = "TEST01_Rename";

        public FixAllProvider? All { get; init; } = WellKnownFixAllProviders.BatchFixer;

        public override ImmutableArray<string> FixableDiagnosticIds => ["TEST01"];

        public override FixAllProvider? GetFixAllProvider() => All;

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            context.RegisterCodeFix(CodeAction.Create("Rename", cancellation => Rename(context, cancellation), Key), context.Diagnostics);
            return Task.CompletedTask;
        }

        private async Task<Document> Rename(CodeFixContext context, CancellationToken cancellation)
        {
            var root = (await context.Document.GetSyntaxRootAsync(cancellation))!;
            var type = root.FindToken(context.Span.Start).Parent!.FirstAncestorOrSelf<ClassDeclarationSyntax>()!;
            var name = SyntaxFactory.Identifier(Name).WithTriviaFrom(type.Identifier);
            return context.Document.WithSyntaxRoot(root.ReplaceNode(type, type.WithIdentifier(name)));
        }
    }
}
