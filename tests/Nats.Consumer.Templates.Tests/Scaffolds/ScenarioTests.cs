using Nats.Consumer.Templates.Definitions;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>That the scenarios leave nothing out.</summary>
public class ScenarioTests
{
    [Fact]
    public void Options_AreThoseOfTheTemplate() =>
        Option.All.Select(option => option.Name).Append("skipRestore").Order().ShouldBe(TemplateDefinition.Worker.Parameters.Select(parameter => parameter.Key).Order());

    [Fact]
    public void EveryOptionIsAlone() =>
        Scenario.All.Where(scenario => scenario.Id.StartsWith("alone-", StringComparison.Ordinal)).Select(scenario => scenario.Options.ShouldHaveSingleItem().Name).Order().ShouldBe(Option.All.Select(option => option.Name).Order());

    [Fact]
    public void EveryPairOfOptionsIsThere()
    {
        IReadOnlyList<bool[]> rows = Pairs.Cover(Option.All.Count);
        rows.SelectMany(Pairs.Of).ToHashSet().SetEquals(Pairs.All(Option.All.Count)).ShouldBeTrue();
        rows.Count.ShouldBe(7);
        Scenario.All.Count(scenario => scenario.Id.StartsWith("pairs-", StringComparison.Ordinal)).ShouldBe(rows.Count);
    }

    [Fact]
    public void EveryOddNameIsThere() => Names.Odd.Select(row => row.Name).Except(Scenario.All.Select(scenario => scenario.Name)).ShouldBeEmpty();
}
