using Nats.Consumer.Client;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer;

/// <summary>Connections of one of several environments that share a server's account.</summary>
public static class SubjectPrefixExtensions
{
    /// <summary>
    /// The same connection as one environment sees it: what is called stream <c>orders</c> and subject <c>orders.new</c> here is <c>staging-orders</c> and <c>staging.orders.new</c> on the server, and other environments'
    /// streams are not listed. Workers get this by <c>Nats:SubjectPrefix</c>.
    /// </summary>
    /// <remarks>
    /// Subjects of the server (<c>$JS</c>, <c>$SYS</c>, <c>$SRV</c>) and inboxes (<c>_INBOX</c>) have no prefix. What the server has outside of the prefix, as in a stream that somebody else has made, is called
    /// <c>$outside.SUBJECT</c> and <c>$outside-STREAM</c>; these names go back to the server as what they were.
    /// </remarks>
    /// <param name="connection">The connection. Disposing the result disposes it.</param>
    /// <param name="prefix">Letters, digits and <c>_</c>, at most 32, the first a letter or digit.</param>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> has other characters, or <paramref name="connection"/> has a prefix already.</exception>
    public static INatsConnection WithSubjectPrefix(this INatsConnection connection, string prefix)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var parsed = SubjectPrefix.Parse(prefix);
        return SubjectPrefix.Of(connection) is { } already
            ? throw new ArgumentException($"The connection has the subject prefix '{already.Name}' already.", nameof(connection))
            : new PrefixedConnection(connection, parsed);
    }
}
