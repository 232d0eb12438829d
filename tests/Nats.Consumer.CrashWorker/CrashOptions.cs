using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Nats.Consumer.CrashWorker;

/// <summary>What the test wants of the worker: section <c>Crash</c>.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="IsPush">Push instead of pull.</param>
/// <param name="Delivery">The delivery mode.</param>
/// <param name="MaxDeliver">Attempts.</param>
/// <param name="AckWait">The ack wait.</param>
/// <param name="Work">How long a handler works at the most.</param>
public sealed record CrashOptions(string Stream, bool IsPush, DeliveryMode Delivery, int MaxDeliver, TimeSpan AckWait, TimeSpan Work)
{
    public static CrashOptions From(IConfigurationSection section)
    {
        string Text(string key) => section[key] ?? throw new InvalidOperationException($"Crash:{key} is missing.");
        int Number(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);
        return new CrashOptions(
            Text("Stream"),
            Text("Kind") == "Push",
            Enum.Parse<DeliveryMode>(Text("Delivery")),
            Number("MaxDeliver"),
            TimeSpan.FromMilliseconds(Number("AckWait")),
            TimeSpan.FromMilliseconds(Number("Work")));
    }
}
