using Nats.Consumer.Subjects;

namespace Nats.Consumer.Migration;

/// <summary>What becomes of a subject that is listed.</summary>
internal enum ConventionFate
{
    /// <summary>A method is called.</summary>
    Routed,

    /// <summary>It has a wildcard, and these were skipped.</summary>
    Wildcard,

    /// <summary>It is no subject; no message can have it.</summary>
    Invalid,

    /// <summary>No method can have its name, as <c>handle_orders:created</c>.</summary>
    Unnameable,

    /// <summary>There is no method.</summary>
    NoMethod,

    /// <summary>Several methods have its name.</summary>
    Ambiguous,
}

/// <summary>A method that may be a handler.</summary>
/// <param name="Method">The method.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">How many parameters it has.</param>
internal sealed record ConventionCandidate<T>(T Method, string Name, int Parameters);

/// <summary>A listed subject, and where its messages go.</summary>
/// <param name="Subject">The subject, as listed.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Candidates">The method that is called; several where that is ambiguous, else none.</param>
internal sealed record ConventionRoute<T>(string Subject, ConventionFate Fate, IReadOnlyList<ConventionCandidate<T>> Candidates)
{
    /// <summary>The routes of a list, in its order, each subject once.</summary>
    public static IReadOnlyList<ConventionRoute<T>> Of(IEnumerable<string> subjects, IReadOnlyList<ConventionCandidate<T>> candidates) =>
        [.. subjects.Distinct().Select(subject => Of(subject, candidates))];

    private static ConventionRoute<T> Of(string subject, IReadOnlyList<ConventionCandidate<T>> candidates)
    {
        if (ConventionNames.HasWildcard(subject))
            return new ConventionRoute<T>(subject, ConventionFate.Wildcard, []);
        if (!SubjectPattern.TryParse(subject, out _, out _))
            return new ConventionRoute<T>(subject, ConventionFate.Invalid, []);
        var name = ConventionNames.MethodOf(subject);
        if (!ConventionNames.IsIdentifier(name))
            return new ConventionRoute<T>(subject, ConventionFate.Unnameable, []);

        // The spelling of version 1 wins; of overloads the one that takes most.
        List<ConventionCandidate<T>> found = [.. candidates.Where(candidate => candidate.Name == name)];
        if (found.Count == 0)
            found = [.. candidates.Where(candidate => ConventionNames.Means(candidate.Name, subject))];
        if (found.Count == 0)
            return new ConventionRoute<T>(subject, ConventionFate.NoMethod, []);
        if (found.Select(candidate => candidate.Name).Distinct().Count() == 1)
        {
            var most = found.Max(candidate => candidate.Parameters);
            found.RemoveAll(candidate => candidate.Parameters < most);
        }
        return new ConventionRoute<T>(subject, found.Count == 1 ? ConventionFate.Routed : ConventionFate.Ambiguous, found);
    }
}
