using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Whatever a project is like, what is generated compiles in it, and warns of nothing.</summary>
public class CompilesTests
{
    private const string Handler = """
        namespace Worker
        {
            /// <summary>A handler.</summary>
            public sealed class OrderHandler : Nats.Consumer.ConsumerHandler
            {
                /// <summary>Handles.</summary>
                /// <param name="id">The id.</param>
                /// <param name="payload">The payload.</param>
                /// <returns>A task.</returns>
                [Nats.Consumer.Handle("orders.{id}")]
                public System.Threading.Tasks.Task OnAsync(int id, System.Collections.Generic.List<string> payload) => System.Threading.Tasks.Task.CompletedTask;

                [Nats.Consumer.Handle("private")]
                private System.Threading.Tasks.Task OnPrivateAsync(string payload) => System.Threading.Tasks.Task.CompletedTask;
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void Output_OfEachLanguageVersion_Compiles(LanguageVersion version) => Compiles(Generation.Of(Generation.Compile("Test", [Handler], version)));

    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp9)]
    public void Output_WithoutGenericAttributes_IsNone(LanguageVersion version) => Generation.Of(Generation.Compile("Test", [Handler], version)).Files.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("Nats")]
    [InlineData("Nats.Consumer")]
    [InlineData("Nats.Consumer.Generated")]
    [InlineData("My.Nats.Consumer.Generated")]
    [InlineData("System")]
    [InlineData("My.System.Threading.Tasks")]
    [InlineData("global.Nats")]
    [InlineData("Größe.日本._1")]
    public void Output_InAnyNamespace_Compiles(string name)
    {
        string handler = """
            public sealed record Payload(int Number);

            public sealed class Worker : global::Nats.Consumer.ConsumerHandler
            {
                [global::Nats.Consumer.Handle("orders.{id}")]
                public global::System.Threading.Tasks.Task OnAsync(int id, Payload payload) => global::System.Threading.Tasks.Task.CompletedTask;
            }

            public sealed class Orders : global::Nats.Consumer.PullConsumer
            {
                public override string StreamName => "orders";
            }
            """;
        var generation = Generation.Of(name.Length == 0 ? handler : $"namespace @{name.Replace(".", ".@", StringComparison.Ordinal)} {{ {handler} }}");
        Compiles(generation);
        generation.Files.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Some-App.1")]
    [InlineData("1")]
    [InlineData("größe 日本")]
    [InlineData("a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name.a.very.long.name")]
    public void Output_OfAnyAssemblyName_Compiles(string name) => Compiles(Generation.Of(Generation.Compile(name, [Handler])));

    [Fact]
    public void Assemblies_WithAlikeNames_HaveTablesOfTheirOwn()
    {
        var references = ((string[])["Some.App", "Some_App", "some.app"]).Select((name, i) => Generation.Of(Generation.Compile(name, [Handler.Replace("OrderHandler", $"Handler{i}", StringComparison.Ordinal)])).Reference());
        var generation = Generation.Of(Generation.Compile("Worker", [], references: [.. references]));
        Compiles(generation);
        generation.Table.Split("table.Include<").Length.ShouldBe(4);
    }

    [Fact]
    public void Classes_WithAlikeNames_HaveFilesOfTheirOwn()
    {
        var generation = Generation.Of(
            "namespace A { class Handler : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; } }",
            "namespace a { class handler : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; } }",
            "class A_Handler : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }",
            "class A { public class Handler_ : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; } }");
        generation.Diagnostics.Where(diagnostic => diagnostic.Id is not ("CS8981" or "CS0101")).ShouldBeEmpty();
        generation.Files.Keys.Select(name => name.ToUpperInvariant()).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Output_InCompliantAssembly_Compiles() => Compiles(Generation.Of("[assembly: CLSCompliant(true)]", """
        [CLSCompliant(false)]
        public sealed class OrderHandler : ConsumerHandler
        {
            [Handle("a.{id}")]
            public Task OnAsync(ulong id, UIntPtr payload) => Task.CompletedTask;
        }
        """));

    [Fact]
    public void Output_WhereTheNullableContextIsOff_Compiles() => Compiles(Generation.Of("""
        #nullable disable
        public sealed class OrderHandler : ConsumerHandler
        {
            [Handle("a.{id}")]
            public Task OnAsync(string id, List<string> payload) => Task.CompletedTask;
        }
        """));

    [Fact]
    public void RuntimeUnderAnAlias_GetsNoTable()
    {
        var compilation = Generation.Compile("Test", ["extern alias runtime; public sealed class OrderHandler : runtime::Nats.Consumer.ConsumerHandler { [runtime::Nats.Consumer.Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }"]);
        var runtime = compilation.References.Single(reference => reference.Display!.EndsWith("Nats.Consumer.Runtime.dll", StringComparison.Ordinal));
        compilation = compilation
            .ReplaceReference(runtime, runtime.WithAliases(["runtime"]))
            .RemoveSyntaxTrees(compilation.SyntaxTrees[0])
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("global using System.Threading.Tasks;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options));
        var generation = Generation.Of(compilation);
        generation.Diagnostics.ShouldBeEmpty();
        generation.Files.ShouldBeEmpty();
    }

    [Fact]
    public void ProjectWithoutTheRuntime_GetsNoTable()
    {
        var compilation = Generation.Compile("Test", []);
        var generation = Generation.Of(compilation.RemoveReferences(compilation.References.Where(reference => Path.GetFileName(reference.Display!).StartsWith("Nats.", StringComparison.Ordinal))));
        generation.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public sealed class H : ConsumerHandler { [Handle(\"a\")] public Task OnAsync( }")]
    [InlineData("public sealed class H : ConsumerHandler { [Handle(1)] public Task OnAsync() => Task.CompletedTask; }")]
    [InlineData("public sealed class H : ConsumerHandler { [Handle(Missing.Constant)] public Missing OnAsync(Missing x) => Task.CompletedTask; }")]
    [InlineData("public sealed class H : ConsumerHandler, H { [Handle(\"a\")] public override Task OnAsync() => null; }")]
    [InlineData("public sealed class H : H { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }")]
    [InlineData("public sealed class H : ConsumerHandler { [Handle(\"a\")] public Task (int x) => Task.CompletedTask; class : ConsumerHandler {} }")]
    [InlineData("public sealed class H : ConsumerHandler { } public sealed class H : ConsumerHandler { [Handle] }")]
    public void CodeThatIsBeingTyped_DoesNoHarm(string source)
    {
        var generation = Generation.Of(source);
        generation.Result.Exception.ShouldBeNull();
        generation.Result.Diagnostics.ShouldBeEmpty();
    }

    private static void Compiles(Generation generation)
    {
        generation.Diagnostics.ShouldBeEmpty();
        generation.Files.ShouldNotBeEmpty();
        foreach (string text in generation.Files.Values)
            text.ShouldStartWith("// <auto-generated/>\n#nullable enable\n");
    }
}
