using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nats.Consumer.Analyzers.Generator;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Precision;

/// <summary>Files as they are while somebody types: cut off, or with something missing. No rule and no generator may fail, and no file may be generated twice.</summary>
[Collection(LongFirst.Collection + nameof(BrokenCodeTests))]
public class BrokenCodeTests
{
    private const int Breaks = 3;

    public static TheoryData<string> Files => [.. CorpusTests.Paths.Where((_, i) => i % 4 == 0).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_CutOffOrWithSomethingMissing_IsEndured(string file)
    {
        string source = await File.ReadAllTextAsync(CorpusTests.Paths.Single(path => Path.GetFileName(path) == file));
        var random = new Random(source.Length);
        for (int i = 0; i < Breaks; i++)
        {
            var project = TestProject.Create([Broken(source, random, i)], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
            await project.AnalyzeAsync(Shipped.Analyzers, compiles: false); // fails where an analyzer throws

            var result = Generation.Of((CSharpCompilation)(await project.GetCompilationAsync())!).Result;
            result.Exception.ShouldBeNull();
            result.Diagnostics.ShouldBeEmpty();
            result.GeneratedSources.Select(generated => generated.HintName.ToUpperInvariant()).ShouldBeUnique();
        }
    }

    private static string Broken(string source, Random random, int way)
    {
        switch (way)
        {
            case 0: // cut off
                return source[..random.Next(source.Length / 3, source.Length)];
            case 1: // without one of what stands in pairs
                int[] pairs = [.. Enumerable.Range(0, source.Length).Where(i => source[i] is '{' or '}' or '(' or ')' or '[' or ']' or '"')];
                return source.Remove(pairs[random.Next(pairs.Length)], 1);
            default: // with a line twice, as a paste makes it, and another one gone
                var lines = source.Split('\n').ToList();
                lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]);
                lines.RemoveAt(random.Next(lines.Count));
                return string.Join('\n', lines);
        }
    }
}
