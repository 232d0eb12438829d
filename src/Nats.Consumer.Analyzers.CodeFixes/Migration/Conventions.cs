using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Reads classes of a whole solution.</summary>
internal sealed class Conventions
{
    private readonly Solution _solution;
    private readonly Dictionary<ProjectId, Compilation> _compilations = [];

    private Conventions(Solution solution) => _solution = solution;

    public static async Task<Conventions> OfAsync(Solution solution, CancellationToken cancellationToken)
    {
        var all = new Conventions(solution);
        foreach (var project in solution.Projects)
        {
            if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation)
                all._compilations.Add(project.Id, compilation);
        }
        return all;
    }

    public SemanticModel? ModelOf(SyntaxTree tree) =>
        _solution.GetDocument(tree) is { } document && _compilations.TryGetValue(document.Project.Id, out var compilation) && compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null;

    public ConventionClass Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var own = type.DeclaringSyntaxReferences.Select(reference => _solution.GetDocument(reference.SyntaxTree)?.Project.Id).First(project => project is not null)!;
        return new ConventionReader(NatsSymbols.Find(_compilations[own])!, ModelOf).Read(type, cancellationToken);
    }
}
