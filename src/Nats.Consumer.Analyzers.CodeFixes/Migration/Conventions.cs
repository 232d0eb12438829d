using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Reads classes of a whole solution.</summary>
internal sealed class Conventions
{
    private readonly Solution _solution;
    private readonly Dictionary<ProjectId, Compilation> _compilations = [];
    private readonly Dictionary<string, INamedTypeSymbol> _classes = [];
    private readonly Dictionary<string, List<INamedTypeSymbol>> _derived = [];

    private Conventions(Solution solution) => _solution = solution;

    public static async Task<Conventions> OfAsync(Solution solution, CancellationToken cancellationToken)
    {
        var all = new Conventions(solution);
        foreach (var project in solution.Projects)
        {
            if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation)
            {
                all._compilations.Add(project.Id, compilation);
                all.AddClasses(compilation.Assembly.GlobalNamespace);
            }
        }
        return all;
    }

    /// <summary>The class where it is written, if that is in the solution: each project sees those of the others in its own way.</summary>
    public INamedTypeSymbol? SourceOf(INamedTypeSymbol type) => _classes.TryGetValue(ConventionFamily.KeyOf(type), out var source) ? source : null;

    /// <summary>The class and all that derive from it, over all projects.</summary>
    public IEnumerable<INamedTypeSymbol> WithDerived(INamedTypeSymbol type) =>
        _derived.TryGetValue(ConventionFamily.KeyOf(type), out var derived) ? derived.SelectMany(WithDerived).Prepend(type) : [type];

    private void AddClasses(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            // Several targets of one project have a class several times; their files are the same.
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type && ConventionReader.IsConvention(type) && !_classes.ContainsKey(ConventionFamily.KeyOf(type)))
            {
                _classes.Add(ConventionFamily.KeyOf(type), type);
                var above = ConventionFamily.KeyOf(type.BaseType!);
                if (!_derived.TryGetValue(above, out var derived))
                    _derived.Add(above, derived = []);
                derived.Add(type);
            }
            AddClasses(member);
        }
    }

    public SemanticModel? ModelOf(SyntaxTree tree) =>
        _solution.GetDocument(tree) is { } document && _compilations.TryGetValue(document.Project.Id, out var compilation) && compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null;

    public ConventionClass Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var own = type.DeclaringSyntaxReferences.Select(reference => _solution.GetDocument(reference.SyntaxTree)?.Project.Id).First(project => project is not null)!;
        return new ConventionReader(NatsSymbols.Find(_compilations[own])!, ModelOf).Read(type, cancellationToken);
    }
}
