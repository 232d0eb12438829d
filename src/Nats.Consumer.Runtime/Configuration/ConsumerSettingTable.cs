using Microsoft.Extensions.Configuration;
using static Nats.Consumer.Configuration.ConsumerKinds;
using static Nats.Consumer.Configuration.SettingCounts;

namespace Nats.Consumer.Configuration;

/// <summary>Every key below <c>Nats:Consumers:NAME</c>.</summary>
internal static class ConsumerSettingTable
{
    public static readonly IReadOnlyList<ConsumerSetting> All =
    [
        new("Connection", ConsumerKinds.All, FromStartOnForOne, s => s.Connection, (s, v) => s with { Connection = SettingValue.OptionalText(v) }),
        new("StreamName", ConsumerKinds.All, FromStartOnForOne, s => s.StreamName, (s, v) => s with { StreamName = SettingValue.Text(v) }),
        new("Subjects", ConsumerKinds.All, FromStartOnForOne, s => s.Subjects, (s, v) => s with { Subjects = SettingValue.List(v) }),
        new("DurableName", Durable, FromStartOnForOne, s => s.DurableName, (s, v) => s with { DurableName = SettingValue.OptionalText(v) }),
        new("DeliverSubject", Push, FromStartOnForOne, s => s.DeliverSubject, (s, v) => s with { DeliverSubject = SettingValue.OptionalText(v) }),
        new("OrderBy", Durable, FromStartOnForOne, s => s.OrderBy, (s, v) => s with { OrderBy = SettingValue.OptionalText(v) }),
        new("Concurrency", Durable, AtOnce, s => s.Concurrency, (s, v) => s with { Concurrency = SettingValue.Int(v) }),
        new("BackoffDelays", ConsumerKinds.All, AtOnce, s => s.Retry, (s, v) => s with { Retry = Delays(v) }),
        new("Retry", ConsumerKinds.All, AtOnce, s => s.Retry, (s, v) => s with { Retry = Exponential(v) }),
        new("HandlerTimeout", ConsumerKinds.All, AtOnce, s => s.HandlerTimeout, (s, v) => s with { HandlerTimeout = SettingValue.OptionalTime(v) }),
        new("MaxMessages", Durable, AtOnce, s => s.MaxMessages, (s, v) => s with { MaxMessages = SettingValue.Int(v) }),
        new("MaxWait", Durable, AtOnce, s => s.MaxWait, (s, v) => s with { MaxWait = SettingValue.Time(v) }),
        new("BatchSize", Pull | Ordered, FromStartOn, s => s.BatchSize, (s, v) => s with { BatchSize = SettingValue.Int(v) }),
        new("MaxBytes", Pull, FromStartOn, s => s.MaxBytes, (s, v) => s with { MaxBytes = SettingValue.Long(v) }),
        new("MaxDeliver", ConsumerKinds.All, FromStartOn, s => s.MaxDeliver, (s, v) => s with { MaxDeliver = SettingValue.Int(v) }),
        new("AckWait", Durable, FromStartOn, s => s.AckWait, (s, v) => s with { AckWait = SettingValue.Time(v) }),
        new("MaxAckPending", Durable, FromStartOn, s => s.MaxAckPending, (s, v) => s with { MaxAckPending = SettingValue.Int(v) }),
        new("MaxAckExtension", Durable, FromStartOn, s => s.MaxAckExtension, (s, v) => s with { MaxAckExtension = SettingValue.Time(v) }),
        new("OnExhausted", ConsumerKinds.All, FromStartOn, s => s.OnExhausted, (s, v) => s with { OnExhausted = SettingValue.Enum<ErrorAckBehavior>(v) }),
        new("Delivery", Durable, FromStartOn, s => s.Delivery, (s, v) => s with { Delivery = SettingValue.Enum<DeliveryMode>(v) }),
        new("DeliverPolicy", ConsumerKinds.All, FromStartOn, s => s.DeliverPolicy, (s, v) => s with { DeliverPolicy = SettingValue.Enum<DeliverPolicy>(v) }),
        new("StartSequence", ConsumerKinds.All, FromStartOn, s => s.StartSequence, (s, v) => s with { StartSequence = SettingValue.Sequence(v) }),
        new("StartTime", ConsumerKinds.All, FromStartOn, s => s.StartTime, (s, v) => s with { StartTime = SettingValue.Instant(v) }),
        new("InactiveThreshold", Durable, FromStartOn, s => s.InactiveThreshold, (s, v) => s with { InactiveThreshold = SettingValue.OptionalTime(v) }),
    ];

    public static ConsumerSetting? Find(string name) => All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static ConsumerKinds KindOf(JetStreamConsumer consumer) => consumer switch
    {
        PushConsumer => Push,
        OrderedConsumer => Ordered,
        _ => Pull,
    };

    private static RetryPolicy Delays(IConfigurationSection section)
    {
        try
        {
            return RetryPolicy.Delays(SettingValue.Times(section));
        }
        catch (ArgumentException)
        {
            throw new ConsumerConfigurationException($"{section.Path} needs at least one delay, and none may be negative.");
        }
    }

    // Retry:First, Longest, Factor, Jitter; what is not given is as in RetryPolicy.Default.
    private static RetryPolicy Exponential(IConfigurationSection section)
    {
        (TimeSpan first, TimeSpan longest, double factor, double jitter) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), 2, 0.2);
        string[] known = ["First", "Longest", "Factor", "Jitter"];
        if (section.Value is not null)
            throw new ConsumerConfigurationException($"{section.Path} takes no value but the keys {string.Join(", ", known)}. For a list of delays use BackoffDelays.");
        foreach (IConfigurationSection part in section.GetChildren())
        {
            switch (part.Key.ToUpperInvariant())
            {
                case "FIRST":
                    first = SettingValue.Time(part);
                    break;
                case "LONGEST":
                    longest = SettingValue.Time(part);
                    break;
                case "FACTOR":
                    factor = SettingValue.Number(part);
                    break;
                case "JITTER":
                    jitter = SettingValue.Number(part);
                    break;
                default:
                    throw UnknownKey.Error(part, known);
            }
        }

        try
        {
            return RetryPolicy.Exponential(first, longest, factor, jitter);
        }
        catch (ArgumentException)
        {
            throw new ConsumerConfigurationException($"{section.Path} cannot be: First must not be negative, Longest not less than First, Factor at least 1, and Jitter from 0 to 1.");
        }
    }
}
