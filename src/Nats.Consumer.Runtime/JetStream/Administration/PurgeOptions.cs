using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>What <see cref="IJetStream.PurgeStreamAsync"/> removes; everything without any.</summary>
public sealed class PurgeOptions
{
    /// <summary>Removes only what matches.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public string? Subject { get; init; }

    /// <summary>Leaves the last so many; of those that match, if there is a <see cref="Subject"/>. Not together with <see cref="UpToSequence"/>.</summary>
    public ulong? Keep { get; init; }

    /// <summary>Removes what is before this number, without the message itself.</summary>
    public ulong? UpToSequence { get; init; }

    internal JsonObject ToJson()
    {
        if (Keep is not null && UpToSequence is not null)
            throw new ArgumentException($"A purge has {nameof(Keep)} or {nameof(UpToSequence)}, not both (the server refuses it, 10003).");
        var json = new JsonObject();
        if (Subject is not null)
            json["filter"] = WirePattern.Of(Subject);
        if (Keep is { } keep)
            json["keep"] = keep;
        if (UpToSequence is { } sequence)
            json["seq"] = sequence;
        return json;
    }
}
