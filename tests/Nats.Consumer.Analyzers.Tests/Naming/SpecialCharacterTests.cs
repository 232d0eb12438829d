using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class SpecialCharacterTests
{
    private static Verify Rule => Verify.Rule("NATS0105");

    [Fact]
    public async Task SpecialCharacter_Warns() => (await Rule.Reports(Code.Handle("\"orders.50[|%|]%\", \"a[|@|]b.c[|#|]\"")))
        .ShouldAllBe(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);

    [Fact]
    public async Task LetterOfAnotherAlphabet_IsAHint() =>
        (await Rule.Reports(Code.Handle("\"bestellungen.gel[|ö|]scht\""))).Single().Severity.ShouldBe(DiagnosticSeverity.Info);

    [Theory]
    [InlineData("orders.pre-order_2")]
    [InlineData("orders.a/b:c")] // NATS0102
    [InlineData("orders.{größe}.*.>")]
    [InlineData("$KV.b.k")]
    public Task OtherSubject_DoesNotTrigger(string subject) => Rule.Reports(Code.Handle($"\"{subject}\""));
}
