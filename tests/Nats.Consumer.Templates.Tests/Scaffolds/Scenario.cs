using Nats.Consumer.Templates.Definitions;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>A worker to be made.</summary>
/// <param name="Id">What the scenario is called.</param>
/// <param name="Name">The name of the project.</param>
/// <param name="Options">What is stated.</param>
internal sealed record Scenario(string Id, string Name, IReadOnlyList<Option> Options)
{
    /// <summary>The default, each option alone, all pairs of options, and everything at once; the projects have all the odd names there are.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Create()];

    /// <summary>The one that cannot build: the rules say why.</summary>
    public static Scenario Impossible { get; } = new("impossible", "Impossible", [new Option("subject", "--subject", "orders created")]);

    public bool Has(string option) => Options.Any(given => given.Name == option);

    /// <summary>The project below the scenario's folder.</summary>
    public string Project => Has("tests") ? $"src/{Name}/{Name}.csproj" : $"{Name}.csproj";

    public string Tests => $"tests/{Name}.Tests/{Name}.Tests.csproj";

    public IEnumerable<string> Projects => Has("tests") ? [Project, Tests] : [Project];

    public static Scenario Find(string id) => All.Single(scenario => scenario.Id == id);

    private static IEnumerable<Scenario> Create()
    {
        yield return new Scenario("default", "Hello", []);
        yield return new Scenario("everything", "Everything", [.. Option.All.Where(option => option.Name is "consumer" or "tests" or "docker" or "aot" or "ci")]);
        yield return new Scenario("documented", "Orders", []); // docs/templates.md
        var names = new Queue<string>(Names.Odd.Select(row => row.Name));
        foreach (Option option in Option.All)
            yield return new Scenario($"alone-{option.Name}", names.Dequeue(), [option]);
        int row = 0;
        foreach (bool[] chosen in Pairs.Cover(Option.All.Count))
            yield return new Scenario($"pairs-{++row}", names.TryDequeue(out string? name) ? name : $"Pairs{row}", [.. Option.All.Where((_, i) => chosen[i])]);
        while (names.TryDequeue(out string? left))
            yield return new Scenario($"name-{left}", left, []);
    }
}
