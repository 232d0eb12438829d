using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>What <see cref="IJetStream.GetStreamAsync"/> asks for beyond the usual.</summary>
public sealed class StreamInfoOptions
{
    /// <summary>Counts the messages of each subject that matches, in <see cref="StreamState.Subjects"/>; <c>></c> for all. They come in pages of 100,000 subjects, all of which are read.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public string? SubjectsFilter { get; init; }

    /// <summary>Lists the deleted messages in <see cref="StreamState.Deleted"/>.</summary>
    public bool WithDeleted { get; init; }
}
