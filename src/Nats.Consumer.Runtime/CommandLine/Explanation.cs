using System.Text;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.CommandLine;

/// <summary>What the code does with a subject: found in the tables of routes, without a server.</summary>
/// <param name="Plan">The consumer.</param>
/// <param name="IsTaken">Whether it is within what the consumer asks the server for.</param>
/// <param name="Calls">What is called, in order.</param>
internal sealed record Explanation(ConsumerPlan Plan, bool IsTaken, IReadOnlyList<ExplainedCall> Calls)
{
    public static Explanation Of(ConsumerPlan plan, string subject)
    {
        bool isTaken = plan.Subjects.Any(pattern => pattern.Matches(subject));
        if (!isTaken)
            return new Explanation(plan, false, []);
        ExplainedCall[] calls = [.. plan.Handlers.Select(handler => Call(handler, subject)).OfType<ExplainedCall>()];
        if (calls.Length == 0)
            calls = [.. plan.Handlers.Where(handler => handler.OverridesFallback).Select(handler => new ExplainedCall($"{TypeNames.Of(handler.Type)}.FallbackAsync", null, [], [], null))];
        return new Explanation(plan, true, calls);
    }

    /// <summary>Why the consumer does not take it.</summary>
    public string WhyNot(string subject) => IsStated(subject)
        ? $"no handler has a pattern for it, so it is not asked for ({string.Join(", ", Plan.Subjects)} is)"
        : $"the consumer takes {string.Join(", ", Plan.Settings.Subjects)}";

    private bool IsStated(string subject) => Plan.Settings.Subjects.Any(text => SubjectPattern.TryParse(text, out SubjectPattern? pattern, out _) && pattern.Matches(subject));

    private static ExplainedCall? Call(HandlerClass handler, string subject)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(subject);
        if (handler.Routes.Find(utf8) is not { } route)
            return null;
        string[] others = [.. handler.Routes.Routes.Where(other => other != route && other.Pattern.Matches(subject)).Select(other => other.Pattern.Text)];
        KeyValuePair<string, string>[] tokens = [.. route.Method.TokenParameters.Select(name => KeyValuePair.Create(name, route.Token(utf8, name) ?? ""))];
        return new ExplainedCall(route.Method.DisplayName, route.Pattern.Text, others, tokens, PayloadOf(route.Method));
    }

    private static string? PayloadOf(HandlerMethod method) => method.InvokeBatch is not null ? "a batch" : method.Payload is { } type ? TypeNames.Of(type) : null;
}

/// <summary>A call.</summary>
/// <param name="Handler">The method.</param>
/// <param name="Pattern">By which pattern; <see langword="null"/> for a fallback.</param>
/// <param name="Others">Patterns of the class that match as well and are less specific.</param>
/// <param name="Tokens">What the tokens are bound to.</param>
/// <param name="Payload">What the payload is read as; <see langword="null"/> where it is not read.</param>
internal sealed record ExplainedCall(string Handler, string? Pattern, IReadOnlyList<string> Others, IReadOnlyList<KeyValuePair<string, string>> Tokens, string? Payload);
