using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Testing;

public sealed partial class ConsumerHarness
{
    /// <summary>Asserts how often messages were stored by streams.</summary>
    /// <param name="subjects">Of which subjects: one, or a pattern.</param>
    /// <param name="times">How many messages.</param>
    /// <returns>They.</returns>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public IReadOnlyList<PublishedMessage> AssertPublished([StringSyntax("NatsSubjectPattern")] string subjects, int times = 1) =>
        Count(Published, subjects, message => message.Subject, times, "published");

    /// <summary>Asserts how often handlers were called; each attempt counts.</summary>
    /// <param name="subjects">For messages of which subjects: one, or a pattern.</param>
    /// <param name="times">How often; zero for never.</param>
    /// <returns>The attempts.</returns>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public IReadOnlyList<HandledMessage> AssertHandled([StringSyntax("NatsSubjectPattern")] string subjects, int times = 1) =>
        Count(Handled, subjects, message => message.Subject, times, "handled");

    /// <summary>Asserts in which order handlers began with messages; each attempt counts.</summary>
    /// <param name="subjects">The subjects of all messages that were handled, in order.</param>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public void AssertHandledInOrder(params IReadOnlyList<string> subjects)
    {
        string[] actual = [.. Handled.OrderBy(message => message.Began).Select(message => message.Subject)];
        if (!actual.SequenceEqual(subjects))
            throw Failure($"Messages were to be handled in this order: {Names(subjects)}. They were handled in this one: {Names(actual)}.");
    }

    /// <summary>Asserts how many messages were acknowledged.</summary>
    /// <param name="subjects">Of which subjects: one, or a pattern.</param>
    /// <param name="times">How many.</param>
    /// <returns>The acknowledgements.</returns>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public IReadOnlyList<Settlement> AssertAcknowledged([StringSyntax("NatsSubjectPattern")] string subjects, int times = 1) =>
        Count([.. Settled.Where(settlement => settlement.Kind == SettlementKind.Ack)], subjects, settlement => settlement.Subject, times, "acknowledged");

    /// <summary>Asserts after which delays messages were tried again.</summary>
    /// <param name="subjects">Of which subjects: one, or a pattern.</param>
    /// <param name="delays">The delays, in order; none for no retry at all.</param>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public void AssertRetried([StringSyntax("NatsSubjectPattern")] string subjects, params IReadOnlyList<TimeSpan> delays)
    {
        TimeSpan[] actual = [.. Matching(Retried, subjects, message => message.Subject).Select(message => message.Delay)];
        if (!actual.SequenceEqual(delays))
            throw Failure($"'{subjects}' was to be tried again after {Names(delays)}. It was after {Names(actual)}.");
    }

    /// <summary>Asserts that messages have become dead letters.</summary>
    /// <param name="subjects">Of which subjects: one, or a pattern.</param>
    /// <param name="reason">What their reasons contain; <see langword="null"/> for any.</param>
    /// <param name="times">How many; zero for none.</param>
    /// <returns>They.</returns>
    /// <exception cref="ConsumerHarnessException">It is not so.</exception>
    public IReadOnlyList<DeadLetter> AssertDeadLettered([StringSyntax("NatsSubjectPattern")] string subjects, string? reason = null, int times = 1)
    {
        IReadOnlyList<DeadLetter> letters = Count(DeadLetters, subjects, letter => letter.Subject, times, "dead-lettered");
        if (reason is not null && letters.FirstOrDefault(letter => !letter.Reason.Contains(reason, StringComparison.Ordinal)) is { } other)
            throw Failure($"The reason for which '{other.Subject}' became a dead letter was to contain \"{reason}\". It is \"{other.Reason}\".");
        return letters;
    }

    /// <summary>Asserts that no message has become a dead letter.</summary>
    /// <exception cref="ConsumerHarnessException">One has.</exception>
    public void AssertNothingDeadLettered() => AssertDeadLettered(">", times: 0);

    private T[] Count<T>(IReadOnlyList<T> all, string subjects, Func<T, string> subjectOf, int times, string what)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        T[] found = [.. Matching(all, subjects, subjectOf)];
        return found.Length == times ? found : throw Failure($"'{subjects}' was to be {what} {Times(times)}. It was {Times(found.Length)}.");
    }

    private static IEnumerable<T> Matching<T>(IReadOnlyList<T> all, string subjects, Func<T, string> subjectOf)
    {
        SubjectPattern pattern = SubjectPattern.Parse(subjects);
        return all.Where(item => pattern.Matches(subjectOf(item)));
    }

    private static string Times(int count) => count switch
    {
        0 => "never",
        1 => "once",
        _ => $"{count} times",
    };

    private static string Names<T>(IReadOnlyList<T> items) => items.Count > 0 ? string.Join(", ", items) : "none";
}
