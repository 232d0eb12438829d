using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Refactorings;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Hygiene;

/// <summary>The guide names all that there is: keys, categories, options, modes.</summary>
public class GuideTests
{
    [Fact]
    public void Keys_AreThoseOfTheFixes()
    {
        var rows = Guide.Text.Split('\n').Where(line => line.StartsWith("| [NATS", StringComparison.Ordinal)).Select(line => line.Split('|')[2].Trim(' ', '`'));
        var fixes = Shipped.Fixes.Cast<NatsCodeFix>().ToList();
        rows.ShouldBe(fixes.Concat(fixes.OfType<DocumentFix>().Select(fix => fix.Alternative).OfType<NatsCodeFix>()).Select(fix => fix.EquivalenceKey).Order(StringComparer.Ordinal));
        Guide.Text.ShouldContain($"`{AddHandlerRefactoring.EquivalenceKey}`");
        Guide.Text.ShouldContain($"`{AddTokenRefactoring.EquivalenceKey}`");
    }

    [Fact]
    public void Categories_AreNamed()
    {
        string groups = Guide.Block("ini", "category-").Split('\n').Single(line => line.StartsWith("# A group: ", StringComparison.Ordinal));
        groups["# A group: ".Length..].TrimEnd('.').Split(", ").Order().ShouldBe(Shipped.Rules.Select(rule => rule.Category).Distinct().Order());
    }

    [Fact]
    public void Options_AreNamedEverywhere()
    {
        string[] options = [NatsOptions.MaxSubjectDepthKey, NatsOptions.ForbiddenSeparatorsKey, NatsOptions.AllowedSubjectsKey, NatsOptions.CapturedSubjectsKey, NatsOptions.SeparatorFixKey];
        foreach (string text in (string[])[Guide.Block("ini", "category-"), Repository.Read("docs", "rules", "README.md"), Repository.Read("src", "Nats.Consumer.Analyzers.CodeFixes", "PACKAGE.md")])
            options.ShouldAllBe(option => text.Contains(option, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsOff_IsSaid() => Shipped.Rules.Where(rule => !rule.IsEnabledByDefault).Select(rule => rule.Id).Distinct().ShouldHaveSingleItem().ShouldBe("NATS0203");

    [Fact]
    public void Guide_IsLinked()
    {
        Repository.Read("README.md").ShouldContain("(docs/analyzers.md)");
        Repository.Read("docs", "rules", "README.md").ShouldContain("(../analyzers.md)");
    }
}
