using Microsoft.Extensions.Configuration;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Configuration;

/// <summary>A setting of a consumer that the configuration can make.</summary>
/// <param name="Name">Its key, and the name of the class's property.</param>
/// <param name="Kinds">The kinds of consumers that have it.</param>
/// <param name="Counts">When a change counts.</param>
/// <param name="Get">What it is.</param>
/// <param name="Set">Reads it.</param>
internal sealed record ConsumerSetting(
    string Name, ConsumerKinds Kinds, SettingCounts Counts, Func<ConsumerSettings, object?> Get, Func<ConsumerSettings, IConfigurationSection, ConsumerSettings> Set)
{
    /// <summary>The value, in words.</summary>
    public string Show(ConsumerSettings settings) => Get(settings) switch
    {
        null => "none",
        TimeSpan time => TimeText.Of(time),
        IEnumerable<string> items => string.Join(", ", items),
        var value => value.ToString()!,
    };
}

[Flags]
internal enum ConsumerKinds
{
    Pull = 1,
    Push = 2,
    Ordered = 4,
    Durable = Pull | Push,
    All = Pull | Push | Ordered,
}

internal enum SettingCounts
{
    /// <summary>A change counts at once.</summary>
    AtOnce,

    /// <summary>A change counts from the next start on.</summary>
    FromStartOn,

    /// <summary>As before, and it belongs to one consumer: it has no default for all.</summary>
    FromStartOnForOne,
}
