using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>
/// Marks a method of a <see cref="ConsumerHandler"/> as the handler of one or several subjects.
/// </summary>
/// <remarks>
/// <para>A pattern is a subject in which a token may be <c>*</c> (any one token), <c>{name}</c> (any one token, bound to the parameter of that name) and the last
/// one <c>></c> (one or more tokens). The most specific pattern wins: token by token from the left, a literal before <c>*</c> and <c>{name}</c>, these before <c>></c>.</para>
/// <para>The method is an instance method that returns <see cref="Task"/>, <see cref="ValueTask"/>, or one of them with an <see cref="Outcome"/>. It takes, in any order
/// and each at most once: a payload (any type, read as JSON; <c>byte[]</c> and <see cref="ReadOnlyMemory{T}"/> of byte get the raw bytes), a <see cref="MessageContext"/>,
/// a <see cref="CancellationToken"/>, and a parameter for each <c>{name}</c>, of type <see cref="string"/> or any <see cref="ISpanParsable{TSelf}"/>.</para>
/// </remarks>
/// <param name="patterns">The subjects or patterns, at least one.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class HandleAttribute([StringSyntax("NatsSubjectPattern")] params string[] patterns) : Attribute
{
    /// <summary>The subjects or patterns.</summary>
    public IReadOnlyList<string> Patterns { get; } = patterns;
}
