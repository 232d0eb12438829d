using System.ComponentModel;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Generated;

/// <summary>What a call to a handler consists of, apart from the call. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HandlerCall
{
    /// <summary>The token that a parameter is bound to.</summary>
    public static string Token(MessageContext message, string name) => TokenBinder.ReadText(message, message.Current.Route!, name);

    /// <summary>The token that a parameter is bound to, as a value.</summary>
    public static T Token<T>(MessageContext message, string name)
        where T : ISpanParsable<T> => TokenBinder.Read<T>(message, message.Current.Route!, name);

    /// <summary>Makes up a token that a parameter of the type can be bound to; <see langword="null"/> when none comes to mind.</summary>
    public static string? Example<T>()
        where T : ISpanParsable<T> => TokenExample.Of<T>();

    /// <summary>What a batch handler returned, as outcomes; <see langword="null"/> when all are handled.</summary>
    public static ValueTask<IReadOnlyList<Outcome>?> Results(Task task) => OutcomeAdapter.AllFromTask(task);

    /// <inheritdoc cref="Results(Task)"/>
    public static ValueTask<IReadOnlyList<Outcome>?> Results(ValueTask task) => OutcomeAdapter.AllFromValueTask(task);

    /// <inheritdoc cref="Results(Task)"/>
    public static ValueTask<IReadOnlyList<Outcome>?> Results(Task<IReadOnlyList<Outcome>> task) => OutcomeAdapter.FromOutcomesTask(task);

    /// <inheritdoc cref="Results(Task)"/>
    public static ValueTask<IReadOnlyList<Outcome>?> Results(ValueTask<IReadOnlyList<Outcome>> task) => OutcomeAdapter.FromOutcomesValueTask(task);

    /// <summary>What the handler returned, as an outcome.</summary>
    public static ValueTask<Outcome> Result(Task task) => OutcomeAdapter.FromTask(task);

    /// <inheritdoc cref="Result(Task)"/>
    public static ValueTask<Outcome> Result(ValueTask task) => OutcomeAdapter.FromValueTask(task);

    /// <inheritdoc cref="Result(Task)"/>
    public static ValueTask<Outcome> Result(Task<Outcome> task) => OutcomeAdapter.FromOutcomeTask(task);

    /// <inheritdoc cref="Result(Task)"/>
    public static ValueTask<Outcome> Result(ValueTask<Outcome> task) => OutcomeAdapter.FromOutcomeValueTask(task);
}
