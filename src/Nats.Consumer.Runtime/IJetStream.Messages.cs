using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

public partial interface IJetStream
{
    /// <summary>Reads a message by its number. Nothing is acknowledged, nothing changes.</summary>
    /// <remarks>A stream with <see cref="StreamConfig.AllowDirect"/> is read from any replica, which may lag a little behind.</remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The message; <see langword="null"/> when the stream does not hold it.</returns>
    /// <exception cref="ArgumentException">No stream can have the name.</exception>
    Task<StoredMessage?> GetMessageAsync(string stream, ulong sequence, CancellationToken cancellationToken = default);

    /// <summary>Reads the last message with a subject.</summary>
    /// <inheritdoc cref="GetMessageAsync" path="/remarks"/>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject, or a pattern.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The message; <see langword="null"/> when the stream holds none.</returns>
    /// <exception cref="ArgumentException">No stream can have the name, or the subject is none.</exception>
    Task<StoredMessage?> GetLastMessageAsync(string stream, [StringSyntax("NatsSubjectPattern")] string subject, CancellationToken cancellationToken = default);

    /// <summary>Reads the first message with a subject from a number on.</summary>
    /// <inheritdoc cref="GetMessageAsync" path="/remarks"/>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject, or a pattern.</param>
    /// <param name="fromSequence">The number of the first message that counts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The message; <see langword="null"/> when the stream holds none.</returns>
    /// <exception cref="ArgumentException">No stream can have the name, or the subject is none.</exception>
    Task<StoredMessage?> GetNextMessageAsync(string stream, [StringSyntax("NatsSubjectPattern")] string subject, ulong fromSequence, CancellationToken cancellationToken = default);

    /// <summary>Deletes a message. There is no way back.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="overwrite">Overwrites its bytes on disk, too, which takes longer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it existed.</returns>
    /// <exception cref="ArgumentException">No stream can have the name.</exception>
    Task<bool> DeleteMessageAsync(string stream, ulong sequence, bool overwrite = false, CancellationToken cancellationToken = default);
}
