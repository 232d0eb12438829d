using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class NotAHandlerClassTests
{
    private const string Method = "[Handle(\"a\")] public Task OnAsync() => Task.CompletedTask;";

    private static Verify Rule => Verify.Rule("NATS0302");

    [Theory]
    [InlineData("public class [|OrderHandler|] { " + Method + " }")]
    [InlineData("public struct [|OrderHandler|] { " + Method + " }")]
    public async Task ClassThatIsNeverLookedAt_IsAnError(string code) => (await Rule.Reports(code)).Single().Severity.ShouldBe(DiagnosticSeverity.Error);

    [Fact]
    public async Task HandlerWithNothingToCall_WarnsInTheRuntimesWords()
    {
        var finding = (await Rule.Reports("public class [|OrderHandler|] : ConsumerHandler { }")).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Warning);
        finding.GetMessage().ShouldBe(
            "OrderHandler has no method with [Handle] and does not override FallbackAsync, so it would never be called. Mark its methods with [Handle(\"a.subject\")].");
    }

    [Theory]
    [InlineData("public class OrderHandler : ConsumerHandler { " + Method + " }")]
    [InlineData("public abstract class Base : ConsumerHandler { } public class OrderHandler : Base { " + Method + " }")]
    [InlineData("public class Base : ConsumerHandler { " + Method + " } public class OrderHandler : Base { }")]
    [InlineData("public class Base<T> : ConsumerHandler { " + Method + " } public class OrderHandler : Base<int> { }")]
    [InlineData("public class OrderHandler : ConsumerHandler { protected override ValueTask<Outcome> FallbackAsync(MessageContext m, FallbackReason r, CancellationToken c) => new(Outcome.Ack); }")]
    [InlineData("public class Other { public void Handle() { } }")]
    [InlineData("public sealed class OrderHandler<T> : ConsumerHandler { " + Method + " } public class C : PullConsumer { public override string StreamName => \"a\"; public override IReadOnlyList<Type> Handlers => [typeof(OrderHandler<int>)]; }")]
    public Task HandlerClass_DoesNotTrigger(string code) => Rule.Reports(code);

    [Fact]
    public Task Fix_AddsTheBaseClass() => Rule.Fixes(
        "public class [|OrderHandler|] { " + Method + " }\npublic class [|Other|] : IDisposable { " + Method + " public void Dispose() { } }",
        "public class OrderHandler : ConsumerHandler { " + Method + " }\npublic class Other : ConsumerHandler, IDisposable { " + Method + " public void Dispose() { } }");

    [Fact]
    public Task ClassWithAnotherBase_HasNoFix() => Rule.HasNoFix("public class Base { } public class [|OrderHandler|] : Base { " + Method + " }");

    [Theory]
    [InlineData("OrderHandler<>")]
    [InlineData("Base")]
    [InlineData("string")]
    public async Task ClassThatAConsumerNamesAndNobodyCanMake_IsAnErrorInTheRuntimesWords(string type)
    {
        var finding = (await Rule.Reports(
            "public abstract class Base : ConsumerHandler { " + Method + " } public class OrderHandler<T> : ConsumerHandler { " + Method + " }",
            Code.ConsumerWith($"public override IReadOnlyList<Type> Handlers => [[|typeof({type})|]];"))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldEndWith(", of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics.");
    }

    [Fact]
    public Task ClosedGeneric_DoesNotTrigger() => Rule.Reports(
        "public class OrderHandler<T> : ConsumerHandler { " + Method + " }",
        Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [typeof(OrderHandler<int>)];"));

    [Fact]
    public async Task ClassWithNothingToCallThatAConsumerNames_IsAnErrorThere()
    {
        var findings = await Rule.Reports("public class [|Empty|] : ConsumerHandler { }", Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [[|typeof(Empty)|]];"));
        findings.Select(finding => finding.Severity).ShouldBe([DiagnosticSeverity.Warning, DiagnosticSeverity.Error]);
    }
}
