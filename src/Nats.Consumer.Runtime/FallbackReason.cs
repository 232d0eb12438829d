namespace Nats.Consumer;

/// <summary>Why a message went to <see cref="ConsumerHandler.FallbackAsync"/>.</summary>
public enum FallbackReason
{
    /// <summary>No pattern of any handler of the consumer matches the subject.</summary>
    NoHandler,

    /// <summary>A pattern matches, but a <c>{name}</c> token cannot be read as the type of its parameter, as <c>abc</c> for a <see cref="Guid"/>.</summary>
    TokenMismatch,
}
