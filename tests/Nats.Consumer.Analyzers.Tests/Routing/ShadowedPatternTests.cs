using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Routing;

public class ShadowedPatternTests
{
    private static Verify Rule => Verify.Rule("NATS0202");

    [Theory]
    [InlineData("\"a.*\", \"a.*.>\", [|\"a.>\"|]")]
    [InlineData("[|\"a.>\"|], \"a.*.>\", \"a.*\"")]
    [InlineData("\"*\", \"*.*\", \"*.*.>\", [|\">\"|]")]
    public async Task PatternThatOthersTakeTogether_Warns(string arguments) => (await Rule.Reports(Code.Handle(arguments))).Single().Severity.ShouldBe(DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("\"a.b\", \"a.*\", \"a.>\", \">\"")]
    [InlineData("\"a.*\", \"a.*.*\", \"a.>\"")]
    [InlineData("\"a.*\", \"a.b.>\", \"a.>\"")]
    [InlineData("\">\", \"a.>\"")]
    public Task PatternWithSomethingLeft_DoesNotTrigger(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Fact]
    public async Task OnlyNamesOfParametersDiffer_IsAnErrorInTheRuntimesWords()
    {
        var finding = (await Rule.Reports(Code.Handler("""
            [Handle("orders.{id}")] public Task OneAsync(string id) => Task.CompletedTask;
                [Handle([|"orders.{orderId}"|])] public Task TwoAsync(string orderId) => Task.CompletedTask;
            """))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldBe("OrderHandler.TwoAsync handles 'orders.{orderId}' and OrderHandler.OneAsync handles 'orders.{id}', which are the same subjects. "
            + "Within a class each subject has one handler: remove one [Handle], or change its subject.");
    }

    [Fact]
    public Task ParameterAndStar_AreTheSame() => Rule.Reports(Code.Handle("\"orders.{id}\", [|\"orders.*\"|]"));

    [Fact]
    public Task Message_NamesWhoTakesThem() => Rule.Says(
        "Every subject of 'a.>' matches a more specific pattern of the class: 'a.*', 'a.*.>'. Remove it, or handle less with the others.", Code.Handle("\"a.*.>\", \"a.*\", [|\"a.>\"|]"));
}
