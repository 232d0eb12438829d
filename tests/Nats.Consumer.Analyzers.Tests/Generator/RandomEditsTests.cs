using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What is not read again after an edit would have been read the same: however the files of a project are edited, its table is that of a project which has just been opened.</summary>
public class RandomEditsTests
{
    // Of what stands between « and », one alternative is written. Names are shadowed, hidden, inherited, imported and passed on from file to file.
    private static readonly string[] Files =
    [
        "namespace Names; public static class Subjects { public const string A = «\"a\"|\"b\"|Other.C»; } public static class Other { public const string C = «\"c\"|\"d\"»; }",
        "namespace Passing { public static class Passed { public const string B = «Names.Subjects.A|Names.Other.C» + \".b\"; «|public static int Method() => 1;|public const string Text = \"t\";» } }",
        """
        using static Passing.Passed;
        using «Payload = System.Int32|Payload = System.Int64|Unused = System.Int64»;
        namespace Handlers;
        public abstract class Base : «ConsumerHandler|Root» { [Handle(B)] public virtual Task OnBaseAsync(«Item item|Payload payload|») => Task.CompletedTask; }
        """,
        "namespace Handlers; public abstract class Root : ConsumerHandler { «|[Handle(Names.Subjects.A)] public Task OnRootAsync(Item item) => Task.CompletedTask;|[Handle(\"root\")] internal Task OnRootAsync() => Task.CompletedTask;» }",
        """
        namespace Handlers;
        public class One : Base
        {
            [Handle(«"one.{id}"|Passing.Passed.B|"one"», "two.{id}")] public Task OnOneAsync(«Guid id|string id|Item id|Item item, Guid id») => Task.CompletedTask;
            «|public override Task OnBaseAsync(Item item) => Task.CompletedTask;|public Task OnOneAsync() => Task.CompletedTask;|public sealed record Item(int Value);|private const string B = "own";»
            public «|sealed|abstract» class Inner : «Base|ConsumerHandler» { [Handle("inner")] public Task OnInnerAsync(Item item) => Task.CompletedTask; }
        }
        «|public static class Subjects { public const string A = "shadow"; }|public sealed class New : Base;|public static class Names { public static class Subjects { public const string A = "nearer"; } }»
        """,
        "namespace Handlers; public sealed partial class Two : «Base|One.Inner» { «|[Handle(\"two\")] public Task OnTwoAsync(Item item) => Task.CompletedTask;|[Handle(\"two\")] public Task OnTwoAsync(List<Item> item) => Task.CompletedTask;» }",
        "namespace Handlers; public sealed partial class Two { «|[Handle(\"second\")] public Task OnSecondAsync() => Task.CompletedTask;|public int OnTwoAsync() => 1;» } «|internal sealed class Unseen : Base;»",
        "namespace «Handlers|Elsewhere»; public sealed record Item(int Value) «|: ISpanParsable<Item>» { } «|internal|file» class Unrelated;",
        "public class «Third|Fourth|Three» : Handlers.Base { «|[Handle(Names.Subjects.A)] public Task OnAsync() => Task.CompletedTask;|public override Task FallbackAsync(MessageContext message) => Task.CompletedTask;» }",
        "«|global using Item = System.String;|[assembly: System.Reflection.AssemblyTitle(\"t\")]|global using Guid = System.Int32;»",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3, Traits = ["Category", "Long"])]
    [InlineData(4, Traits = ["Category", "Long"])]
    public void Table_IsThatOfAProjectJustOpened(int seed)
    {
        var random = new Random(seed);
        string[] texts = [.. Files.Select(file => Write(file, _ => 0))];
        var generation = Generation.Of(texts);
        var tables = new HashSet<string>();
        for (int edit = 0; edit < 50; edit++)
        {
            int file = random.Next(Files.Length);
            texts[file] = Write(Files[file], random.Next);
            generation = generation.After(compilation =>
            {
                var tree = compilation.SyntaxTrees[file + 1]; // after the global usings
                return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(texts[file])));
            });
            generation.Text.ShouldBe(Generation.Of(generation.Input).Text, $"seed {seed}, edit {edit}: {texts[file]}");
            tables.Add(generation.Text);
        }

        tables.Count.ShouldBeGreaterThan(20);
    }

    private static string Write(string file, Func<int, int> choose) => string.Concat(file.Split('«').SelectMany((piece, i) =>
    {
        if (i == 0)
            return [piece];
        string[] halves = piece.Split('»');
        string[] alternatives = halves[0].Split('|');
        return (string[])[alternatives[choose(alternatives.Length)], halves[1]];
    }));
}
