using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class SameSubjectInTwoClassesTests
{
    private static readonly string Orders = Code.HandleNamed("OrderHandler", "\"orders.created\", \"orders.gone\"");

    private static Verify Rule => Verify.Rule("NATS0401").InApplication();

    [Fact]
    public Task ClassesThatTheRuntimeFinds_Trigger() => Rule.Says(
        "MailHandler handles 'orders.created' as OrderHandler does, and OrderConsumer calls both for each message. If one of them was meant, change the other's [Handle]; if both, name them in Handlers.",
        Code.Main, Orders, Code.HandleNamed("MailHandler", "\"orders.x\", [|\"orders.created\"|]"), Code.ConsumerWith(""));

    [Fact]
    public async Task OtherNamesOfParameters_AreTheSameSubject_AndTheSameSubjectsThroughoutAreACopy() =>
        (await Rule.Reports(Code.Main, Code.HandleNamed("A", "\"orders.{a}\""), Code.HandleNamed("B", "[|\"orders.{b}\"|]"), Code.ConsumerWith(""))).Single().Severity.ShouldBe(DiagnosticSeverity.Warning);

    [Fact]
    public Task ClassOfAnotherAssembly_Triggers() => Rule.WithLibrary("namespace Lib; " + Code.HandleNamed("LibraryHandler", "\"orders.gone\"")).Says(
        "OrderHandler handles 'orders.gone' as LibraryHandler does, and OrderConsumer calls both for each message. If one of them was meant, change the other's [Handle]; if both, name them in Handlers.",
        Code.Main, Code.HandleNamed("OrderHandler", "\"orders.created\", [|\"orders.gone\"|]"), Code.ConsumerWith(""));

    [Fact]
    public Task InheritedSubject_IsShownAtTheClass() => Rule.Reports(
        Code.Main,
        "public abstract class Base : ConsumerHandler { [Handle(\"orders.created\")] public Task OnAsync() => Task.CompletedTask; }",
        "public class First : Base { } public class [|Second|] : Base { [Handle(\"orders.x\")] public Task OnXAsync() => Task.CompletedTask; }",
        Code.ConsumerWith(""));

    [Fact]
    public async Task StatedCopy_Warns() => (await Verify.Rule("NATS0401").Reports(
        Code.HandleNamed("A", "\"a\", \"b\""), Code.HandleNamed("B", "\"b\", \"a\""),
        Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [typeof(A), [|typeof(B)|]];"))).Single().Severity.ShouldBe(DiagnosticSeverity.Warning);

    [Fact]
    public Task StatedChain_DoesNotTrigger() => Rule.Reports(
        Code.Main, Orders, Code.HandleNamed("MailHandler", "\"orders.created\""), Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [typeof(OrderHandler), typeof(MailHandler)];"));

    [Fact]
    public Task DifferentSubjects_DoNotTrigger() => Rule.Reports(Code.Main, Orders, Code.HandleNamed("MailHandler", "\"orders.*\""), Code.ConsumerWith(""));

    [Fact]
    public Task SubjectOutsideOfTheConsumer_DoesNotTrigger() => Rule.Reports(
        Code.Main, Code.HandleNamed("A", "\"orders.x\", \"mail\""), Code.HandleNamed("B", "\"orders.y\", \"mail\""),
        Code.Consumer("[\"orders.>\"]"));

    [Fact]
    public Task Library_DoesNotTrigger() => Verify.Rule("NATS0401").Reports(Orders, Code.HandleNamed("MailHandler", "\"orders.created\""), Code.ConsumerWith(""));

    [Fact]
    public Task TestProject_DoesNotTrigger() => Rule.InTests().Reports(Code.Main, Orders, Code.HandleNamed("MailHandler", "\"orders.created\""), Code.ConsumerWith(""));

    [Fact]
    public Task ReferencedConsumer_DoesNotTrigger() =>
        Rule.WithLibrary(Code.ConsumerNamed("Theirs", "public override string StreamName => \"x\";")).Reports(Code.Main, Orders, Code.HandleNamed("MailHandler", "\"orders.created\""), Code.ConsumerWith(""));
}
