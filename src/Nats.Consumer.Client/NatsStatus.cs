namespace Nats.Consumer.Client;

/// <summary>A status on the first header line, as in <c>NATS/1.0 503</c> or <c>NATS/1.0 408 Request Timeout</c>.</summary>
/// <param name="Code">The three-digit code; 0 when the message carries no status.</param>
/// <param name="Text">The server's text; empty when there is none.</param>
public readonly record struct NatsStatus(int Code, string Text)
{
    /// <summary>Nobody subscribes to the subject of the request.</summary>
    public const int NoResponders = 503;

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Text) ? $"{Code}" : $"{Code} {Text}";
}
