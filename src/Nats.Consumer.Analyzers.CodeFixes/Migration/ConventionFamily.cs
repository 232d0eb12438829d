using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>A [Handle] to be written: on a method where it is declared, or on a new method of another class that calls it.</summary>
/// <param name="On">The class that gets it.</param>
/// <param name="Method">The method that is called in the end.</param>
/// <param name="Subjects">Its subjects.</param>
internal sealed record PlannedHandle(INamedTypeSymbol On, IMethodSymbol Method, IReadOnlyList<ListedSubject> Subjects)
{
    public bool IsForwarded => ConventionFamily.KeyOf(On) != ConventionFamily.KeyOf(Method.ContainingType);
}

/// <summary>
/// A class that derives from ConventionHandler, and all that derive from it, over all projects: they can only be moved together. Attributes are inherited, and lists were not; so a
/// plan is made, and what it would route is compared with what is routed now.
/// </summary>
internal sealed class ConventionFamily
{
    private ConventionFamily(IReadOnlyList<ConventionClass> classes) => Classes = classes;

    public IReadOnlyList<ConventionClass> Classes { get; }

    public IEnumerable<string> Keys => Classes.Select(one => KeyOf(one.Type));

    /// <summary>Classes are known by name and assembly: each project sees those of the others in its own way.</summary>
    public static string KeyOf(INamedTypeSymbol type) => $"{type.ContainingAssembly?.Name}/{type.OriginalDefinition.ToDisplayString()}";

    public static ConventionFamily Of(INamedTypeSymbol type, Conventions conventions, CancellationToken cancellationToken)
    {
        var top = conventions.SourceOf(type) ?? type;
        while (top.BaseType is { } above && conventions.SourceOf(above) is { } source)
            top = source;
        return new ConventionFamily([.. conventions.WithDerived(top).OrderBy(KeyOf, StringComparer.Ordinal).Select(one => conventions.Read(one, cancellationToken))]);
    }

    /// <summary>What to write, or null where the family has to be moved by hand.</summary>
    public IReadOnlyList<PlannedHandle>? Plan()
    {
        if (Classes.Any(one => one.Obstacles.Count > 0))
            return null;
        List<PlannedHandle> plan = [.. Handles()];
        return IsExact(plan) ? plan : null;
    }

    private IEnumerable<PlannedHandle> Handles()
    {
        var done = new HashSet<string>();
        foreach (var one in Classes.Where(one => !one.Forwards))
        {
            foreach (var routes in one.Routed.GroupBy(route => ConventionReader.SignatureOf(route.Candidates[0].Method)))
            {
                var method = routes.First().Candidates[0].Method;
                List<ListedSubject> subjects = [.. routes.Select(route => one.Listed.First(listed => listed.Text == route.Subject))];
                var origin = OriginOf(method);
                var declaring = Classes.FirstOrDefault(other => KeyOf(other.Type) == KeyOf(origin.ContainingType));
                // On the method itself, if all that inherit it list the same for it; else each gets a method of its own.
                if (declaring is not null && Heirs(declaring).All(heir => SubjectsOf(heir, method).SequenceEqual(subjects.Select(subject => subject.Text))))
                {
                    if (done.Add($"{KeyOf(declaring.Type)} {routes.Key}"))
                        yield return new PlannedHandle(declaring.Type, origin, subjects);
                }
                else if (!InheritsList(one))
                {
                    yield return new PlannedHandle(one.Type, method, subjects);
                }
            }
        }
    }

    /// <summary>An override has the attributes of what it overrides.</summary>
    private IMethodSymbol OriginOf(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden && Keys.Contains(KeyOf(overridden.ContainingType)))
            method = overridden;
        return method;
    }

    /// <summary>Whether each class calls the same methods for the same subjects afterwards, those that it inherits included.</summary>
    private bool IsExact(List<PlannedHandle> plan)
    {
        foreach (var one in Classes.Where(one => !one.Forwards))
        {
            var before = one.Routed.Select(route => $"{route.Subject} {ConventionReader.SignatureOf(route.Candidates[0].Method)}");
            var after = plan.Where(handle => IsOrDerives(one.Type, handle.On)).SelectMany(handle => handle.Subjects.Select(subject => $"{subject.Text} {ConventionReader.SignatureOf(handle.Method)}")).ToList();
            if (after.Count != new HashSet<string>(after).Count || !new HashSet<string>(before).SetEquals(after))
                return false;
        }
        return true;
    }

    /// <summary>The classes that have a list and the methods of this one.</summary>
    private IEnumerable<ConventionClass> Heirs(ConventionClass declaring) => Classes.Where(one => !one.Forwards && IsOrDerives(one.Type, declaring.Type));

    private static IEnumerable<string> SubjectsOf(ConventionClass one, IMethodSymbol method) =>
        one.Routed.Where(route => ConventionReader.SignatureOf(route.Candidates[0].Method) == ConventionReader.SignatureOf(method)).Select(route => route.Subject);

    /// <summary>Without a list of its own: what its base class states holds for it, too.</summary>
    private static bool InheritsList(ConventionClass one) => !one.IsDirect && one.Calls.Count == 0 && one.Listed.Count > 0;

    private static bool IsOrDerives(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (KeyOf(current) == KeyOf(ancestor))
                return true;
        }
        return false;
    }
}
