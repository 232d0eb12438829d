using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Syntax;

public class ReservedSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0004");

    [Theory]
    [InlineData("\"[|$JS|].API.INFO\"")]
    [InlineData("\"[|$SYS|].>\"")]
    [InlineData("\"[|$KV|].bucket.key\"")]
    [InlineData("\"[|_INBOX|].>\"")]
    public async Task HandlerOnReservedSubject_Warns(string arguments) =>
        (await Rule.Reports(Code.Handle(arguments))).Single().Severity.ShouldBe(DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[\"[|$JS|].foo\"]", DiagnosticSeverity.Error)]
    [InlineData("[\"[|$SYS|].foo\"]", DiagnosticSeverity.Error)]
    [InlineData("[\"[|$KV|].bucket.>\"]", DiagnosticSeverity.Warning)]
    public async Task Stream_IsAnErrorWhereTheServerRefuses(string subjects, DiagnosticSeverity severity) =>
        (await Rule.Reports(Code.Stream(subjects))).Single().Severity.ShouldBe(severity);

    [Fact]
    public async Task ConfiguredSeverity_Wins() =>
        (await Rule.With("dotnet_diagnostic.NATS0004.severity = suggestion").Reports(Code.Stream("[\"[|$JS|].foo\"]"))).Single().Severity.ShouldBe(DiagnosticSeverity.Info);

    [Fact]
    public Task Publish_Triggers() => Rule.Says(
        "Subject '$KV.b.k' begins with '$KV', which belongs to key-value buckets. Choose another first token.", Code.Publish("\"[|$KV|].b.k\""));

    [Theory]
    [InlineData("\"orders.$JS\"")]
    [InlineData("\"$JSON.x\"")]
    public Task OtherSubjects_DoNotTrigger(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Fact]
    public Task WrapperOfTheUser_DoesNotTrigger() => Rule.Reports("""
        public class Admin
        {
            public void Request([StringSyntax("NatsSubject")] string subject) => Request("$JS.API.INFO");
        }
        """);
}
