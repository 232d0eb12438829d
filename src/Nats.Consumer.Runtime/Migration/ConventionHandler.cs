using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Migration;

namespace Nats.Consumer;

/// <summary>
/// A handler class whose methods are found by their names, as the predecessor's version 1 did. It exists so that what is written that way runs as it is, and can be moved to <see cref="HandleAttribute"/> by the fix
/// of <c>NATS0601</c>.
/// </summary>
/// <remarks>
/// <para>A listed subject is routed to the method that is named after it: <c>.</c> and <c>-</c> become <c>_</c>, the first word is dropped unless it is the only one, and <c>handle_</c> comes before the rest. So
/// <c>orders.created</c>, <c>orders-created</c> and <c>users.created</c> are all handled by <c>handle_created</c>. Where there is none of exactly that name, <c>HandleCreated</c>, <c>Handle_Created</c> and
/// <c>HandleCreatedAsync</c> will do. Subjects with wildcards are never routed. The method's signature is that of any handler.</para>
/// <para>The class gets all messages of its consumer's <see cref="JetStreamConsumer.Subjects"/>; what is not routed goes to <see cref="FallbackAsync(MessageContext, string, CancellationToken)"/>.
/// The list is read when the worker starts, from an instance that is made for that; every instance must list the same.</para>
/// </remarks>
[Obsolete("Handlers are found by [Handle], not by their names. The fix of NATS0601 moves this class.", DiagnosticId = "NATS0601", UrlFormat = "https://nats-toolkit.example/docs/rules/{0}.md")]
public abstract class ConventionHandler : ConsumerHandler
{
    /// <summary>Lists the subjects that are routed.</summary>
    /// <param name="subjects">The subjects. They are no patterns.</param>
    [RequiresUnreferencedCode("Methods are found by their names; trimming would remove them. Move the class to [Handle].")]
    [RequiresDynamicCode("Calls to methods are compiled at run time. Move the class to [Handle].")]
    protected ConventionHandler(params string[] subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ListedSubjects = [.. subjects];
        Table = ConventionTable.Of(GetType(), ListedSubjects);
    }

    /// <summary>The subjects that are routed, as listed. (Not <c>Subjects</c>: applications have classes of that name for their constants.)</summary>
    public IReadOnlyList<string> ListedSubjects { get; }

    internal ConventionTable Table { get; }

    /// <summary>The names of the methods that listed subjects want and the class lacks, in the order of the list. They are logged at start, too.</summary>
    public IReadOnlyList<string> ValidateHandlers() => Table.Missing;

    /// <summary>Routes a message: calls the method that is named after its subject, or the fallback. Who overrides it gets every message of the class.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancelled when the handler must stop.</param>
    public virtual ValueTask<Outcome> HandleAsync(MessageContext message, CancellationToken cancellationToken) => Table.Find(message.Subject) is { } method
        ? method.Invoke(this, message, message.Current.Route!, cancellationToken)
        : FallbackAsync(message, FallbackReason.NoHandler, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
        FallbackAsync(message, reason == FallbackReason.NoHandler ? ReasonOf(message.Subject) : "token_mismatch", cancellationToken);

    /// <summary>Decides on a message that is not routed. By default it is tried again, as version 1 negatively acknowledged it, and is a dead letter when no attempt is left.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason"><c>unhandled_subject</c>: the subject is not listed. <c>not_implemented</c>: it is, and there is no method. <c>no_mapping</c>: it is listed and has a wildcard in it.</param>
    /// <param name="cancellationToken">Cancelled when the worker must stop at once.</param>
    protected virtual ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken cancellationToken)
    {
        if (message.Current.Consumer.RootServices.GetService<ILoggerFactory>() is { } loggers)
            Log.NotRouted(loggers.CreateLogger(GetType()), message.StreamSequence, message.Subject, message.Stream, GetType().Name, reason);
        return ValueTask.FromResult(Outcome.Retry);
    }

    /// <summary>Whoever overrides the router gets what is not listed, too.</summary>
    internal override ValueTask<Outcome> InvokeFallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
        reason == FallbackReason.NoHandler ? HandleAsync(message, cancellationToken) : FallbackAsync(message, reason, cancellationToken);

    private string ReasonOf(string subject) =>
        !ListedSubjects.Contains(subject) ? "unhandled_subject" : ConventionNames.HasWildcard(subject) ? "no_mapping" : "not_implemented";
}
