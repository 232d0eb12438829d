namespace GitHubEvents.Demonstration;

/// <summary>What was found out in the end, from the side of the server.</summary>
internal sealed class Evidence
{
    /// <summary>Whether the end was reached.</summary>
    public bool IsComplete { get; set; }

    public string Server { get; set; } = "";

    /// <summary>The sequence of the message whose payload was truncated.</summary>
    public ulong Truncated { get; set; }

    public ConsumerState? Consumer { get; set; }

    public IReadOnlyList<DeadLetter> DeadLetters { get; set; } = [];
}
