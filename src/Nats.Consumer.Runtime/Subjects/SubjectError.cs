namespace Nats.Consumer.Subjects;

/// <summary>The first mistake in a subject: where it is, what it is, and what to do about it.</summary>
internal sealed class SubjectError(SubjectErrorCode code, int position, int length, string message)
{
    public SubjectErrorCode Code { get; } = code;

    /// <summary>Index of the first offending character; where a token is missing, the index at which it should stand.</summary>
    public int Position { get; } = position;

    /// <summary>Number of offending characters; zero where something is missing.</summary>
    public int Length { get; } = length;

    /// <summary>A sentence that says what is wrong and a sentence that says what to do.</summary>
    public string Message { get; } = message;

    public override string ToString() => Message;
}
