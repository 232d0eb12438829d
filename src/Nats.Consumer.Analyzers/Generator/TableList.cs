namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What is generated for a project as a whole.</summary>
/// <param name="Assembly">Null where no table can be generated.</param>
/// <param name="Classes">By name.</param>
internal sealed record TableList(TableAssembly? Assembly, EquatableArray<ListedClass> Classes)
{
    public TableList(ProjectTable project)
        : this(project.Assembly, project.Classes.Select(found => new ListedClass(found)).ToEquatableArray())
    {
    }
}
