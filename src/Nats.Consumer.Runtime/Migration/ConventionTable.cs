using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Migration;

/// <summary>Which method a class calls for each subject of its list.</summary>
internal sealed class ConventionTable
{
    private static readonly ConditionalWeakTable<Type, ConventionTable> Known = [];

    private readonly IReadOnlyList<string> _subjects;
    private readonly Dictionary<string, HandlerMethod> _methods;

    private ConventionTable(IReadOnlyList<string> subjects, IReadOnlyList<ConventionRoute<HandlerMethod>> routes)
    {
        _subjects = subjects;
        Routes = routes;
        _methods = Routed.ToDictionary(route => route.Subject, route => route.Candidates[0].Method);
    }

    /// <summary>The routes of all subjects of the list, each once.</summary>
    public IReadOnlyList<ConventionRoute<HandlerMethod>> Routes { get; }

    public IEnumerable<ConventionRoute<HandlerMethod>> Routed => Routes.Where(route => route.Fate == ConventionFate.Routed);

    /// <summary>The names of the methods that are not there.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Routes.Where(route => route.Fate is ConventionFate.NoMethod or ConventionFate.Unnameable or ConventionFate.Invalid).Select(route => ConventionNames.MethodOf(route.Subject)).Distinct()];

    /// <summary>The table of a class, made once: all instances list the same.</summary>
    /// <exception cref="ConsumerConfigurationException">Several methods have the name of a subject.</exception>
    [RequiresUnreferencedCode("Methods are found by their names.")]
    [RequiresDynamicCode("Calls to methods are compiled at run time.")]
    public static ConventionTable Of(Type type, IReadOnlyList<string> subjects)
    {
        if (Known.TryGetValue(type, out ConventionTable? known) && known._subjects.SequenceEqual(subjects))
            return known;
        var table = new ConventionTable(subjects, ConventionRoute<HandlerMethod>.Of(subjects, [.. CandidatesOf(type)]));
        if (table.Routes.FirstOrDefault(route => route.Fate == ConventionFate.Ambiguous) is { } route)
        {
            throw new ConsumerConfigurationException(
                $"{type.Name}: '{route.Subject}' may mean {string.Join(" or ", route.Candidates.Select(candidate => candidate.Method.DisplayName))}. Name the one that is meant {ConventionNames.MethodOf(route.Subject)}, or mark it with [Handle(\"{route.Subject}\")].");
        }

        Known.AddOrUpdate(type, table);
        return table;
    }

    public HandlerMethod? Find(string subject) => _methods.GetValueOrDefault(subject);

    [RequiresUnreferencedCode("Methods are found by their names.")]
    [RequiresDynamicCode("Calls to methods are compiled at run time.")]
    private static IEnumerable<ConventionCandidate<HandlerMethod>> CandidatesOf(Type handlerType)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var seen = new HashSet<string>();
#pragma warning disable NATS0601 // what is obsolete for users works here
        for (Type? type = handlerType; type is not null && type != typeof(ConventionHandler); type = type.BaseType)
#pragma warning restore NATS0601
        {
            foreach (MethodInfo method in type.GetMethods(All).Where(method => ConventionNames.IsCandidate(method.Name) && !method.IsSpecialName).OrderBy(method => method.MetadataToken))
            {
                // What a derived class overrides or hides is not called.
                if (seen.Add(method.ToString()!) && TryCreate(handlerType, method) is { } handler)
                    yield return new ConventionCandidate<HandlerMethod>(handler, method.Name, method.GetParameters().Length);
            }
        }
    }

    // Helpers are named like handlers, too. What cannot be called is no handler.
    [RequiresUnreferencedCode("Methods are found by their names.")]
    [RequiresDynamicCode("Calls to methods are compiled at run time.")]
    private static HandlerMethod? TryCreate(Type handlerType, MethodInfo method)
    {
        try
        {
            return BatchMethodFactory.TakesBatches(method) ? null : HandlerMethodFactory.Create(handlerType, method, []);
        }
        catch (ConsumerConfigurationException)
        {
            return null;
        }
    }
}
