namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What was read of a class.</summary>
/// <param name="Class">Null if the table says nothing of it.</param>
/// <param name="Trees">Where it and its base classes are declared: positions in the compilation.</param>
internal sealed record ClassReading(TableClass? Class, int[] Trees);

/// <summary>The table of a project, and what it was made of.</summary>
/// <param name="Table">The table.</param>
/// <param name="Classes">All classes that were looked at, by their full names.</param>
internal sealed record ClassReadings(ProjectTable Table, IReadOnlyDictionary<string, ClassReading> Classes)
{
    /// <summary>Those of classes that have no part in the given trees.</summary>
    public ClassReadings Without(int[] trees) =>
        this with { Classes = Classes.Where(one => !one.Value.Trees.Intersect(trees).Any()).ToDictionary(one => one.Key, one => one.Value) };
}
