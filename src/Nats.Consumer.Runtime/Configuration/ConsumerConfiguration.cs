using Microsoft.Extensions.Configuration;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Configuration;

/// <summary>
/// What the configuration says of consumers: <c>Nats:Consumers:NAME</c> of one, over its class, and <c>Nats:Defaults</c> of all, where a class leaves a setting as it is by itself.
/// </summary>
internal sealed class ConsumerConfiguration(IConfiguration configuration)
{
    public const string Consumers = $"{NatsOptions.Section}:Consumers";
    public const string Defaults = $"{NatsOptions.Section}:Defaults";

    /// <summary>In the place of every consumer's own: the command line's.</summary>
    public int? BatchSize { get; set; }

    /// <summary>A consumer's settings.</summary>
    /// <exception cref="ConsumerConfigurationException">A value cannot be read, or a key is no setting of this consumer.</exception>
    public ConsumerSettings For(JetStreamConsumer consumer)
    {
        ConsumerSettings settings = ConsumerSettings.Of(consumer);
        settings = WithDefaults(settings);
        var section = configuration.GetSection($"{Consumers}:{consumer.Name}");
        ThrowIfTwoRetries(section);
        foreach (IConfigurationSection value in section.GetChildren())
        {
            ConsumerSetting setting = Find(value);
            ConsumerKinds kind = ConsumerSettingTable.KindOf(consumer);
            if (!setting.Kinds.HasFlag(kind))
                throw new ConsumerConfigurationException($"{value.Path}: {setting.Name} is no setting of {(kind == ConsumerKinds.Ordered ? "an ordered" : $"a {kind.ToString().ToLowerInvariant()}")} consumer, which {consumer.Name} is.");
            settings = Set(settings, setting, value);
        }

        return BatchSize is { } batchSize && consumer is not PushConsumer
            ? settings with { BatchSize = batchSize, Origins = new Dictionary<string, string>(settings.Origins) { [nameof(settings.BatchSize)] = "--batch-size" } }
            : settings;
    }

    /// <summary>Looks for sections of consumers that there are not, and at the defaults.</summary>
    /// <exception cref="ConsumerConfigurationException">There is something that nothing would read.</exception>
    public void Check(IReadOnlyCollection<JetStreamConsumer> all)
    {
        foreach (IConfigurationSection section in configuration.GetSection(Consumers).GetChildren())
        {
            if (!all.Any(consumer => consumer.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)))
            {
                string suggestion = Suggestion.For(section.Key, all.Select(consumer => consumer.Name));
                throw new ConsumerConfigurationException($"{section.Path}: there is no consumer '{section.Key}'.{(suggestion.Length > 0 ? suggestion : $" There are {string.Join(", ", all.Select(consumer => consumer.Name))}.")}");
            }
        }

        IConfigurationSection defaults = configuration.GetSection(Defaults);
        ThrowIfTwoRetries(defaults);
        foreach (IConfigurationSection value in defaults.GetChildren())
        {
            if (Find(value).Counts == SettingCounts.FromStartOnForOne)
                throw new ConsumerConfigurationException($"{value.Path}: this belongs to one consumer. Set {Consumers}:NAME:{value.Key}.");
        }
    }

    private static ConsumerSetting Find(IConfigurationSection value) =>
        ConsumerSettingTable.Find(value.Key) ?? throw UnknownKey.Error(value, ConsumerSettingTable.All.Select(setting => setting.Name));

    private static void ThrowIfTwoRetries(IConfigurationSection section)
    {
        if (section.GetSection("Retry").Exists() && section.GetSection("BackoffDelays").Exists())
            throw new ConsumerConfigurationException($"{section.Path} has both BackoffDelays and Retry. Leave one of them out.");
    }

    private static ConsumerSettings Set(ConsumerSettings settings, ConsumerSetting setting, IConfigurationSection value) =>
        setting.Set(settings, value) with { Origins = new Dictionary<string, string>(settings.Origins) { [setting.Name] = value.Path } };

    private ConsumerSettings WithDefaults(ConsumerSettings settings)
    {
        ConsumerKinds kind = ConsumerSettingTable.KindOf(settings.Definition);
        ConsumerSettings untouched = settings;
        ConsumerSettings builtIn = ConsumerSettings.Of(Plain.Of(kind));
        foreach (IConfigurationSection value in configuration.GetSection(Defaults).GetChildren())
        {
            ConsumerSetting setting = Find(value);
            if (setting.Kinds.HasFlag(kind) && setting.Show(untouched) == setting.Show(builtIn))
                settings = Set(settings, setting, value);
        }

        return settings;
    }

    /// <summary>Consumers that state nothing.</summary>
    private static class Plain
    {
        public static JetStreamConsumer Of(ConsumerKinds kind) => kind switch
        {
            ConsumerKinds.Push => new PlainPush(),
            ConsumerKinds.Ordered => new PlainOrdered(),
            _ => new PlainPull(),
        };

        private sealed class PlainPull : PullConsumer
        {
            public override string StreamName => "";
        }

        private sealed class PlainPush : PushConsumer
        {
            public override string StreamName => "";
        }

        private sealed class PlainOrdered : OrderedConsumer
        {
            public override string StreamName => "";
        }
    }
}
