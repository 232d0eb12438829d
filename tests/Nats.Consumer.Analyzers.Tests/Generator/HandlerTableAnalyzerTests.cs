using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Generator;

public class HandlerTableAnalyzerTests
{
    private const string Private = """
        public static class Outer
        {
            private sealed class [|Inner|] : ConsumerHandler
            {
                [Handle("a")]
                public Task OnAsync() => Task.CompletedTask;
            }
        }
        """;

    private readonly Verify _verify = Verify.Rule("NATS0307");

    [Fact]
    public Task PrivateClass_IsReported() => _verify.Reports(Private);

    [Fact]
    public Task Message_SaysWhy() => _verify.Says(
        "Inner is private, so that generated code cannot use it: it is found by reflection, which trimmed and ahead-of-time compiled applications do not have", Private);

    [Fact]
    public Task FileLocalClass_IsReported() => _verify.Reports("file sealed class [|Local|] : PullConsumer { public override string StreamName => \"a\"; }");

    [Fact]
    public Task PrivatePayload_IsReported() => _verify.Reports("""
        public sealed class [|OrderHandler|] : ConsumerHandler
        {
            private sealed record Order(int Number);

            [Handle("a")]
            private Task OnAsync(Order order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task PrivateHandlerOfAGenericBase_IsReportedAtTheHeir() => _verify.Reports("""
        public abstract class Base<T> : ConsumerHandler
        {
            [Handle("a")]
            private Task OnAsync(T payload) => Task.CompletedTask;
        }

        public sealed class [|Heir|] : Base<string>;
        """);

    [Fact]
    public Task WhatTheTableHolds_IsNotReported() => _verify.Reports("""
        public class OrderHandler : ConsumerHandler
        {
            [Handle("a")]
            private Task OnPrivateAsync(string payload) => Task.CompletedTask;

            internal sealed class Nested : ConsumerHandler
            {
                [Handle("a")]
                public Task OnAsync() => Task.CompletedTask;
            }
        }

        public sealed class Heir : OrderHandler;

        public abstract class Base : ConsumerHandler;

        public class Generic<T> : ConsumerHandler
        {
            private sealed class Inner : ConsumerHandler;
        }

        public class Consumer : PullConsumer { public override string StreamName => "a"; }
        """);

    [Theory]
    [InlineData("EnableTrimAnalyzer = true", DiagnosticSeverity.Warning)]
    [InlineData("EnableAotAnalyzer = true", DiagnosticSeverity.Warning)]
    [InlineData("EnableAotAnalyzer = false", DiagnosticSeverity.Info)]
    [InlineData("EnableTrimAnalyzer =", DiagnosticSeverity.Info)]
    public async Task Severity_IsWarningWhereItMatters(string property, DiagnosticSeverity severity)
    {
        var project = TestProject.Create([Markup.Parse(Private, "NATS0307").Source], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary)
            .AddAnalyzerConfigDocument("build.globalconfig", Microsoft.CodeAnalysis.Text.SourceText.From($"is_global = true\nbuild_property.{property}\n"), filePath: "/0/build.globalconfig").Project;
        (await project.AnalyzeAsync([new HandlerTableAnalyzer()])).ShouldHaveSingleItem().Severity.ShouldBe(severity);
    }

    [Fact]
    public Task HandlersThatAreFoundByTheirNames_AreReported() => _verify.Says(
        "H derives from ConventionHandler, which finds methods by their names, so that generated code cannot use it: it is found by reflection, which trimmed and ahead-of-time compiled applications do not have",
        "public class [|H|]() : ConventionHandler(\"a.b\") { public Task handle_b() => Task.CompletedTask; }");
}
