using System.Text;
using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>The algebra is proven against brute force and against servers where it lives; here, that the rules say what it says.</summary>
public class AlgebraAgreementTests
{
    private const int Pairs = 1500;

    [Fact]
    public async Task VerdictsOnRandomPairs_AreThoseOfTheAlgebra()
    {
        var random = new Random(7);
        var expected = new List<string>();
        var source = new StringBuilder();
        for (int i = 0; i < Pairs; i++)
        {
            var (first, second) = (Pattern(random), Pattern(random));
            source.AppendLine($"public class H{i} : ConsumerHandler {{ [Handle(\"{first.Text}\", \"{second.Text}\")] public Task OnAsync() => Task.CompletedTask; }}");
            if (Verdict(first, second) is { } id)
                expected.Add($"{id} H{i} {second.Text}");
        }

        var project = TestProject.Create([source.ToString()], "dotnet_diagnostic.NATS0203.severity = warning", withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var findings = await project.AnalyzeAsync([new RoutingAnalyzer(), new OverlappingPatterns()]);

        findings.Select(Show).Order().ShouldBe(expected.Order());
        foreach (string id in (string[])["NATS0201", "NATS0202", "NATS0203"])
            expected.Count(line => line.StartsWith(id, StringComparison.Ordinal)).ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task ShadowedPatternsOfRandomClasses_AreThoseOfTheAlgebra()
    {
        const int Classes = 1000;
        var random = new Random(8);
        var sets = Enumerable.Range(0, Classes).Select(_ => Enumerable.Range(0, random.Next(2, 9)).Select(_ => Wide(random)).Distinct().ToList()).ToList();
        var source = sets.Select((set, i) => $"public class H{i} : ConsumerHandler {{ [Handle({string.Join(", ", set.Select(pattern => $"\"{pattern.Text}\""))})] public Task OnAsync() => Task.CompletedTask; }}");
        var project = TestProject.Create([string.Join('\n', source)], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var findings = await project.AnalyzeAsync([new RoutingAnalyzer()]);

        var expected = sets.SelectMany((set, i) => set.Where(pattern => IsShadowed(pattern, set)).Select(pattern => $"NATS0202 H{i} {pattern.Text}")).ToList();
        findings.Select(Show).Order().ShouldBe(expected.Order());
        expected.Count.ShouldBeGreaterThan(50);
    }

    private static bool IsShadowed(SubjectPattern pattern, IEnumerable<SubjectPattern> all) =>
        PatternSet.CoveredByUnion(pattern, all.Where(other => SubjectPattern.MostSpecificFirst.Compare(other, pattern) < 0));

    private static SubjectPattern Wide(Random random)
    {
        string[] fixedTokens = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(4) == 0 ? "a" : "*")];
        return SubjectPattern.Parse(string.Join('.', fixedTokens.Length == 0 || random.Next(2) == 0 ? [.. fixedTokens, ">"] : fixedTokens));
    }

    private static string? Verdict(SubjectPattern first, SubjectPattern second)
    {
        if (first.Equals(second))
            return first.Text == second.Text ? "NATS0201" : "NATS0202";
        var crosses = first.Overlaps(second) && !first.Covers(second) && !second.Covers(first);
        return crosses ? "NATS0203" : null;
    }

    private static string Show(Diagnostic finding)
    {
        string line = finding.Location.SourceTree!.GetText().Lines.GetLineFromPosition(finding.Location.SourceSpan.Start).ToString();
        string text = finding.Location.SourceTree.GetText().ToString(finding.Location.SourceSpan);
        return $"{finding.Id} {line.Split(' ')[2]} {text.Trim('"')}";
    }

    private static SubjectPattern Pattern(Random random)
    {
        string[] tokens = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => random.Next(5) switch { 0 => "a", 1 => "b", 2 => "*", _ => $"{{{(char)('p' + i + (3 * random.Next(2)))}}}" })];
        return SubjectPattern.Parse(string.Join('.', tokens) + (random.Next(3) == 0 ? ".>" : ""));
    }
}
