using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Analyzers.Handlers;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Reads classes whose handlers are found by their names, for the rules and for the fix alike.</summary>
/// <param name="symbols">Of the compilation that the classes are seen from.</param>
/// <param name="modelOf">The semantic model of a tree; null where the tree is out of sight.</param>
internal sealed class ConventionReader(NatsSymbols symbols, Func<SyntaxTree, SemanticModel?> modelOf)
{
    private readonly ListReader _lists = new(modelOf);

    /// <summary>Sees one compilation. It asks for models of other trees than that of the class: lists and methods may be anywhere, and there are few such classes.</summary>
    public static ConventionReader Within(Compilation compilation, NatsSymbols symbols) => new(symbols, tree => compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null);

    /// <summary>By name: a solution has the class once for each of its projects.</summary>
    public static bool IsRoot(ISymbol? type) => type is INamedTypeSymbol { Name: "ConventionHandler", ContainingNamespace: { Name: "Consumer", ContainingNamespace: { Name: "Nats", ContainingNamespace.IsGlobalNamespace: true } } };

    public static bool IsConvention(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (IsRoot(current))
                return true;
        }
        return false;
    }

    public ConventionClass Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var list = _lists.Read(type, cancellationToken);
        List<ListedSubject> listed = [.. list.Subjects.GroupBy(subject => subject.Text).Select(same => same.First())];
        var routes = ConventionRoute<IMethodSymbol>.Of(listed.Select(subject => subject.Text), Candidates(type));
        HashSet<string> stated = [.. symbols.ModelOf(type, cancellationToken).Patterns.Select(pattern => pattern.Text)];
        var fallback = ConventionFallback.Read(type, modelOf, cancellationToken);
        List<Obstacle> obstacles = [.. list.Obstacles, .. ObstaclesIn(type, cancellationToken)];
        foreach (var route in routes.Where(route => route.Fate == ConventionFate.Ambiguous))
        {
            var names = string.Join(" or ", route.Candidates.Select(candidate => $"{candidate.Name}({string.Join(", ", candidate.Method.Parameters.Select(parameter => parameter.Type.Name))})"));
            obstacles.Add(new Obstacle(LocationOf(listed, route.Subject), $"'{route.Subject}' may mean {names}. Mark the one that is meant with [Handle(\"{route.Subject}\")] and take the subject out of the list."));
        }

        foreach (var route in routes.Where(route => route.Fate == ConventionFate.Routed && IsOutOfReach(route.Candidates[0].Method, type)))
            obstacles.Add(new Obstacle(LocationOf(listed, route.Subject), $"'{route.Subject}' is handled by {route.Candidates[0].Name}, which is private in {route.Candidates[0].Method.ContainingType.Name}. Make it protected."));
        if (fallback is { Distinguishes: true } && routes.FirstOrDefault(IsNotImplemented) is { } missing)
        {
            obstacles.Add(new Obstacle(
                LocationOf(listed, missing.Subject), $"the fallback tells reasons apart, and '{missing.Subject}', which has no method, would come with NoHandler instead of 'not_implemented'. Take it out of the list, or write its method."));
        }

        obstacles.AddRange(fallback?.Obstacles ?? []);
        if (!type.IsAbstract && list.Obstacles.Count == 0 && listed.Count > 0 && !routes.Any(route => route.Fate is ConventionFate.Routed or ConventionFate.Ambiguous) && stated.Count == 0 && fallback is null)
            obstacles.Add(new Obstacle(type.Locations[0], "none of its subjects has a method, so that nothing would be left to call."));
        return new ConventionClass(type, listed, list.Calls, routes, stated, fallback, obstacles);
    }

    /// <summary>Those that are listed and come to the fallback as <c>not_implemented</c>.</summary>
    public static bool IsNotImplemented(ConventionRoute<IMethodSymbol> route) => route.Fate is ConventionFate.NoMethod or ConventionFate.Unnameable;

    /// <summary>What may be a handler by its name, as the runtime's ConventionTable finds it.</summary>
    public IReadOnlyList<ConventionCandidate<IMethodSymbol>> Candidates(INamedTypeSymbol type)
    {
        var found = new List<ConventionCandidate<IMethodSymbol>>();
        var seen = new HashSet<string>();
        for (var current = type; current is not null && !IsRoot(current); current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary && ConventionNames.IsCandidate(method.Name)))
            {
                if (seen.Add(SignatureOf(method)) && HandlerSignature.IsCallable(method, symbols))
                    found.Add(new ConventionCandidate<IMethodSymbol>(method, method.Name, method.Parameters.Length));
            }
        }
        return found;
    }

    public static string SignatureOf(IMethodSymbol method) => $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString()))})";

    private static Location LocationOf(List<ListedSubject> listed, string subject) => listed.First(one => one.Text == subject).Syntax.GetLocation();

    private static bool IsOutOfReach(IMethodSymbol method, INamedTypeSymbol type) =>
        method.DeclaredAccessibility == Accessibility.Private && !SymbolEqualityComparer.Default.Equals(method.ContainingType, type);

    /// <summary>What the class uses of ConventionHandler and would miss afterwards. A call of ValidateHandlers is taken away by the fix.</summary>
    private IEnumerable<Obstacle> ObstaclesIn(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var method in type.GetMembers("HandleAsync").OfType<IMethodSymbol>().Where(method => method.IsOverride && IsRouter(method)))
            yield return new Obstacle(method.Locations[0], "it overrides HandleAsync and so routes messages itself. Do in a middleware or in the handlers what it does besides, and remove it.");
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (modelOf(reference.SyntaxTree) is not { } model)
                continue;
            foreach (var hidden in reference.GetSyntax(cancellationToken).DescendantTrivia().Where(IsHiddenMethod))
                yield return new Obstacle(type.Locations[0], $"a handler of it stands within an #if (line {hidden.GetLocation().GetLineSpan().StartLinePosition.Line + 1}) and is not compiled now, so its subject would be lost. Mark it with [Handle] by hand.");
            foreach (var name in reference.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText is "ListedSubjects" or "HandleAsync" or "FallbackAsync"))
            {
                if (model.GetSymbolInfo(name, cancellationToken).Symbol is { } symbol && IsRoot(symbol.ContainingType))
                    yield return new Obstacle(name.GetLocation(), $"it uses {name.Identifier.ValueText} of ConventionHandler, which ConsumerHandler does not have in this form.");
            }
        }
    }

    /// <summary>What another configuration compiles. A <c>[Handle]</c> there needs no fix.</summary>
    private static bool IsHiddenMethod(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.DisabledTextTrivia)
        && CSharpSyntaxTree.ParseText($"class C {{ {trivia} }}").GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Any(method => ConventionNames.IsCandidate(method.Identifier.ValueText) && !method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Split('.').Last() is "Handle" or "HandleAttribute"));

    private static bool IsRouter(IMethodSymbol method)
    {
        var overridden = method;
        while (overridden.OverriddenMethod is { } next)
            overridden = next;
        return IsRoot(overridden.ContainingType);
    }
}
