using System.Text;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>Where a stored message is published again: a literal, or the message's subject behind the prefix in front of a last <c>&gt;</c>.</summary>
internal sealed class RepublishTarget(Republish republish)
{
    private readonly Pattern _source = Pattern.TryParse(republish.Src!)!;
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(republish.Dest.TrimEnd('>'));
    private readonly bool _isLiteral = Pattern.IsValidLiteral(republish.Dest);

    public bool HeadersOnly => republish.HeadersOnly;

    public static bool IsSupported(Republish republish) =>
        Pattern.IsValidLiteral(republish.Dest) || (republish.Src == ">" && republish.Dest.EndsWith('>') && !republish.Dest.Contains('*', StringComparison.Ordinal));

    /// <returns><see langword="null"/> when the message is not published again.</returns>
    public byte[]? For(byte[] subject) => !_source.Matches(subject) ? null : _isLiteral ? _prefix : [.. _prefix, .. subject];
}
