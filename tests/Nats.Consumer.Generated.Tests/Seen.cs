namespace Nats.Consumer.Tests;

/// <summary>What handlers say that they were called with.</summary>
internal static class Seen
{
    private static readonly AsyncLocal<List<string>?> Current = new();

    /// <summary>Starts to listen, in this flow of control.</summary>
    public static List<string> Start() => Current.Value = [];

    public static Task Now(params object?[] what)
    {
        Current.Value?.Add(string.Join(" ", what.Select(Text)));
        return Task.CompletedTask;
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        MessageContext message => $"[{message.Subject}|{message.Pattern}]",
        CancellationToken token => token.CanBeCanceled ? "cancellable" : "never cancelled",
        System.Collections.IEnumerable list and not string => $"({string.Join(",", list.Cast<object?>().Select(Text))})",
        _ => $"{value}",
    };
}
