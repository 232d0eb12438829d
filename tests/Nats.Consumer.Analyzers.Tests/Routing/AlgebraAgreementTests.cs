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
        var findings = await project.AnalyzeAsync([new RoutingAnalyzer()]);

        findings.Select(Show).Order().ShouldBe(expected.Order());
        foreach (string id in (string[])["NATS0201", "NATS0202", "NATS0203"])
            expected.Count(line => line.StartsWith(id, StringComparison.Ordinal)).ShouldBeGreaterThan(5);
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
