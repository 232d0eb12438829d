using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Hygiene;

/// <summary>Ties descriptors, pages, release files, configurations and fixes together.</summary>
public partial class RulesTests
{
    public static TheoryData<string> Ids => [.. All.Select(rule => rule.Id).Distinct()];

    private static IReadOnlyList<DiagnosticDescriptor> All =>
        [.. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static).Where(member => member.FieldType == typeof(DiagnosticDescriptor)).Select(member => (DiagnosticDescriptor)member.GetValue(null)!)];

    [Fact]
    public void EachDescriptor_IsReportedByAnAnalyzer() => Shipped.Rules.Select(rule => rule.Id).Distinct().Order().ShouldBe(Ids.Select(row => row.Data).Order());

    [Fact]
    public void DescriptorsOfOneId_DifferInTheirTagOnly()
    {
        foreach (var same in All.GroupBy(rule => rule.Id))
        {
            same.Select(rule => (rule.Title.ToString(), rule.MessageFormat.ToString(), rule.Category, rule.DefaultSeverity, rule.IsEnabledByDefault)).Distinct().ShouldHaveSingleItem();
            same.Select(rule => rule.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd)).Distinct().Count().ShouldBe(same.Count());
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_IsWellFormed(string id)
    {
        var rule = All.First(rule => rule.Id == id);
        id.ShouldMatch("^NATS[0-9]{4}$");
        rule.Title.ToString().ShouldMatch("^[A-Z].*[^.]$");
        rule.HelpLinkUri.ShouldBe($"{Descriptors.DocumentationRoot}{id}.md");
        rule.Category.ShouldBe(id[4..6] switch
        {
            "00" => "Nats.Subjects",
            "01" => "Nats.Subjects.Naming",
            "02" => "Nats.Routing",
            "03" => "Nats.Handlers",
            "04" or "05" => "Nats.Consumers",
            "06" => "Nats.Migration",
            "07" => "Nats.Acknowledgement",
            "08" => "Nats.Publishing",
            _ => "?",
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysWhatTheDescriptorSays(string id)
    {
        var rule = All.First(rule => rule.Id == id);
        string page = Repository.Read("docs", "rules", id + ".md");
        page.ShouldStartWith($"# {id}: {rule.Title}\n");
        page.ShouldContain($"| Category | `{rule.Category}` |");
        page.ShouldContain($"| Default | {Default(rule)}");
        foreach (string section in (string[])["Cause", "Why", "How to fix", "When to suppress", "Example"])
            page.ShouldContain($"\n## {section}\n");
        bool hasFix = Shipped.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id));
        page.Contains("| Fix | None", StringComparison.Ordinal).ShouldBe(!hasFix);
        Repository.Read("docs", "rules", "README.md").ShouldContain($"| [{id}]({id}.md) | {rule.Title} | {Default(rule)} | {(hasFix ? "yes" : "–")} |");
    }

    [Fact]
    public void Pages_AreOfRulesThatExist() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "NATS*.md")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order().ShouldBe(Ids.Select(row => row.Data).Order());

    [Fact]
    public void ReleaseFiles_ListEachRuleOnce()
    {
        string files = Repository.Read("src", "Nats.Consumer.Analyzers", "AnalyzerReleases.Shipped.md") + Repository.Read("src", "Nats.Consumer.Analyzers", "AnalyzerReleases.Unshipped.md");
        Line().Matches(files).Select(match => match.Value.Trim()).Order()
            .ShouldBe(All.DistinctBy(rule => rule.Id).Select(rule => $"{rule.Id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | {rule.Title}").Order());
    }

    [Fact]
    public void StrictMode_RaisesEachRuleThatIsOn()
    {
        var expected = All.DistinctBy(rule => rule.Id).Where(rule => rule.IsEnabledByDefault)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {(rule.DefaultSeverity == DiagnosticSeverity.Info ? "warning" : "error")}");
        Severities("strict").ShouldBe(expected.Order());
    }

    [Fact]
    public void NoneMode_SilencesEachRule() =>
        Severities("none").ShouldBe(All.DistinctBy(rule => rule.Id).Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = none").Order());

    [Fact]
    public void Fixes_HaveKeysOfTheirOwn()
    {
        var fixes = Shipped.Fixes.Cast<NatsCodeFix>().ToList();
        fixes.Select(fix => fix.EquivalenceKey).Distinct().Count().ShouldBe(fixes.Count);
        foreach (var fix in fixes)
        {
            fix.EquivalenceKey.ShouldStartWith(fix.FixableDiagnosticIds.ShouldHaveSingleItem() + "_");
            fix.GetFixAllProvider().ShouldNotBeNull();
            Ids.Select(row => row.Data).ShouldContain(fix.FixableDiagnosticIds[0]);
        }
    }

    [Fact]
    public void Suppressions_AreListed()
    {
        string index = Repository.Read("docs", "rules", "README.md");
        foreach (var suppression in new Suppressors.HandlerSuppressor().SupportedSuppressions)
            index.ShouldContain($"| {suppression.Id} | {suppression.SuppressedDiagnosticId} | {suppression.Justification} |");
    }

    private static IEnumerable<string> Severities(string mode) =>
        Repository.Read("src", "Nats.Consumer.Analyzers.CodeFixes", "config", mode + ".globalconfig").Split('\n').Where(line => line.StartsWith("dotnet_diagnostic", StringComparison.Ordinal)).Order();

    private static string Default(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Off";

    [GeneratedRegex("^NATS.*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
