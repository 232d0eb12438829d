using System.Globalization;

namespace Nats.Consumer;

/// <summary>Numbers of things in words.</summary>
internal static class Amount
{
    /// <summary><c>1 message</c>, <c>2,000 messages</c>.</summary>
    public static string Of(long count, string thing) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(count == 1 ? "" : "s")}";
}
