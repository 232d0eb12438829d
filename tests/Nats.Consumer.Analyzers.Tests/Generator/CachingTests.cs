using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>An edit generates anew what it changes, and nothing else.</summary>
public class CachingTests
{
    private const int Count = 100;

    private const string Consumer = "public sealed class OrderConsumer : PullConsumer { public override string StreamName => \"orders\"; }";

    private static readonly Generation Many = Generation.Of([Consumer, .. Enumerable.Range(0, Count - 1).Select(i => $$"""
        // file {{i}}
        namespace Orders;

        public sealed class Handler{{i}} : ConsumerHandler
        {
            [Handle("orders.c{{i}}")]
            public Task OnCreatedAsync(MessageContext message)
            {
                /* body {{i}} */
                return Task.CompletedTask;
            }

            [Handle("orders.{id{{i}}}.x")]
            public ValueTask<Outcome> OnOtherAsync(int id{{i}}) => default;

            /* member {{i}} */
        }
        """)]);

    [Fact]
    public void SameInput_GeneratesNothingAnew() => Changed(Many.After(compilation => compilation)).ShouldBeEmpty();

    [Fact]
    public void UnrelatedFile_GeneratesNothingAnew() =>
        Changed(Many.After(compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Unrelated : IDisposable { public void Dispose() { } }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options)))).ShouldBeEmpty();

    [Fact]
    public void BodyOfAHandler_GeneratesNothingAnew() => Changed(Many.Replacing("/* body 7 */", "Console.WriteLine();")).ShouldBeEmpty();

    [Fact]
    public void LinesAbove_GenerateNothingAnew() => Changed(Many.Replacing("// file 7\n", "// file 7\n\n\n")).ShouldBeEmpty();

    [Fact]
    public void MethodThatIsNoHandler_GeneratesNothingAnew() => Changed(Many.Replacing("/* member 7 */", "public int Other() => 1;")).ShouldBeEmpty();

    [Fact]
    public void Subject_GeneratesOneFile() => Changed(Many.Replacing("orders.c7", "orders.changed")).ShouldBe(["Orders_Handler7_.g.cs"]);

    [Fact]
    public void Signature_GeneratesOneFile() => Changed(Many.Replacing("int id7", "int id7, string payload")).ShouldBe(["Orders_Handler7_.g.cs"]);

    [Fact]
    public void NewFile_GeneratesItsClassesAndTheList() => Changed(Many.After(compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
        "class New : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options))))
        .ShouldBe(["HandlerTable.g.cs", "New_.g.cs"]);

    [Fact]
    public void NewClassInAFile_GeneratesItsFileAndTheList()
    {
        var edited = Many.Replacing("/* body 7 */", "return Task.CompletedTask; } public class New : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; } public Task MoreAsync() { ");
        edited.Diagnostics.ShouldBeEmpty();
        edited.Text.ShouldBe(Generation.Of(edited.Input).Text);
        Changed(edited).ShouldBe(["HandlerTable.g.cs", "Orders_Handler7_New_.g.cs"]);
    }

    [Fact]
    public void RemovedClass_ChangesTheListOnly()
    {
        var edited = Many.Replacing("Handler7 : ConsumerHandler", "Handler7 : System.Object");
        Changed(edited).ShouldBe(["HandlerTable.g.cs"]);
        edited.Files.Count.ShouldBe(Count - 1);
    }

    [Theory]
    [InlineData("/* body 7 */", "Console.WriteLine();")]
    [InlineData("// file 7\n", "// file 7\n\n\n")]
    [InlineData("StreamName => \"orders\"", "StreamName => \"other\"")]
    public void Body_IsNotEvenRead(string before, string after) => Many.Replacing(before, after).IsRead.ShouldBeFalse();

    [Theory]
    [InlineData("orders.c7", "orders.changed")]
    [InlineData("int id7", "long id7")]
    [InlineData("public sealed class Handler7 ", "internal sealed class Handler7 ")]
    public void Declaration_IsRead(string before, string after) => Many.Replacing(before, after).IsRead.ShouldBeTrue();

    [Theory]
    [InlineData("public const string Prefix = \"a\";", "public const string Prefix = \"b\";")]
    [InlineData("using Payload = System.Int32;", "using Payload = System.Int64;")]
    [InlineData("public enum Kind { First }", "public enum Kind { Second, First }")]
    [InlineData("public static string Text => \"\";", "public static string Text => \"x\"; private const string Prefix = \"y\";")]
    public void WhatADeclarationMeans_IsTakenFromElsewhere(string before, string after)
    {
        var edited = Generation.Of("""
            using Payload = System.Int32;
            public static class Names { public const string Prefix = "a"; public static string Text => ""; }
            public enum Kind { First }
            public class OrderHandler : ConsumerHandler
            {
                [Handle(Names.Prefix + ".x", nameof(Kind.First))]
                public Task OnAsync(Payload payload) => Task.CompletedTask;
            }
            """).Replacing(before, after);
        edited.Text.ShouldBe(Generation.Of(edited.Input).Text);
    }

    [Fact]
    public void Options_AreLookedAt()
    {
        var renamed = Many.After(compilation => compilation.WithAssemblyName("Renamed"));
        renamed.Table.ShouldContain("HandlerTable_Renamed_");
        renamed.Text.ShouldBe(Generation.Of(renamed.Input).Text);
    }

    [Fact]
    public void BaseClass_GeneratesItsHeirs() => Changed(Generation.Of(
        "public abstract class Base : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }",
        "public class First : Base;",
        "public class Second : Base;",
        "public class Third : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }").Replacing("\"a\")] public Task OnAsync() => Task.CompletedTask; }", "\"b\")] public Task OnAsync() => Task.CompletedTask; }"))
        .ShouldBe(["First_.g.cs", "Second_.g.cs"]);

    [Fact]
    public void Reference_ChangesTheListOnly() => Changed(Many.After(compilation => compilation.AddReferences(
        Generation.Of(Generation.Compile("Library", ["public class H : ConsumerHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }"])).Reference())))
        .ShouldBe(["HandlerTable.g.cs"]);

    [Fact]
    public void Steps_HoldNoSymbolsAndNoSyntax()
    {
        foreach (object value in Many.Result.TrackedSteps.Where(step => step.Key is HandlerTableGenerator.ReadStep or HandlerTableGenerator.ClassesStep or HandlerTableGenerator.ListStep)
            .SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Value))
        {
            Reachable(value, []).ShouldAllBe(type => !typeof(ISymbol).IsAssignableFrom(type) && !typeof(SyntaxNode).IsAssignableFrom(type) && !typeof(Location).IsAssignableFrom(type)
                && !typeof(Compilation).IsAssignableFrom(type) && !typeof(SemanticModel).IsAssignableFrom(type) && !typeof(SyntaxTree).IsAssignableFrom(type));
        }
    }

    [Fact]
    public void Declarations_LetGoOfTheCompilation()
    {
        var declarations = new Declarations(Generation.Compile("Test", [Consumer]));
        var read = declarations.Read(CancellationToken.None);
        read.Classes.ShouldHaveSingleItem();
        declarations.Read(CancellationToken.None).ShouldBeSameAs(read);
        typeof(Declarations).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Where(field => typeof(Compilation).IsAssignableFrom(field.FieldType)).ShouldAllBe(field => field.GetValue(declarations) == null);
    }

    [Theory]
    [InlineData("orders.c7", "orders.changed", 1)]
    [InlineData("int id7", "long id7", 1)]
    [InlineData("/* member 7 */", "public int Other() => 1;", 1)]
    [InlineData("// file 7\n", "public sealed record Added(int Value);\n", 1)]
    [InlineData("/* member 7 */", "public const string Constant = \"a\";", 1)] // nobody else knows this class
    [InlineData("// file 7\n", "public sealed class OrderConsumer { }\n", Count)] // somebody may mean this one
    [InlineData("// file 7\n", "global using Task = System.String;\n", Count)]
    [InlineData("public sealed class Handler7 ", "public sealed class Handler8 ", Count - 1)]
    public void Declaration_ReadsWhatItMayConcern(string before, string after, int read)
    {
        var input = Many.Input;
        var first = new Declarations(input);
        var known = first.Read(CancellationToken.None).Classes;
        var tree = input.SyntaxTrees.First(tree => tree.ToString().Contains(before, StringComparison.Ordinal));
        var second = new Declarations(input.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(tree.ToString().Replace(before, after, StringComparison.Ordinal), (CSharpParseOptions)tree.Options)));
        first.Equals(second).ShouldBeFalse();
        second.Read(CancellationToken.None).Classes.Count(one => !known.Any(other => ReferenceEquals(one, other))).ShouldBe(read);
    }

    /// <summary>The files that were generated anew, without the hashes in their names.</summary>
    private static IEnumerable<string> Changed(Generation generation) =>
        generation.GeneratedAnew.Select(name => name == "HandlerTable.g.cs" ? name : $"{name[..^13]}.g.cs").Order(StringComparer.Ordinal);

    private static HashSet<Type> Reachable(object? value, HashSet<Type> found)
    {
        if (value is null || (!found.Add(value.GetType()) && value is not System.Collections.IEnumerable) || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum)
            return found;
        if (value is System.Collections.IEnumerable items)
        {
            foreach (object? item in items)
                Reachable(item, found);
        }

        foreach (var field in value.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            Reachable(field.GetValue(value), found);
        return found;
    }
}
