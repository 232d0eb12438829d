using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Configuration;

/// <summary>Gives running consumers what has changed in the configuration, and says what has to wait for the next start.</summary>
internal sealed class SettingsWatch : IDisposable
{
    private readonly ConsumerConfiguration _configuration;
    private readonly Dictionary<ConsumerPlan, ConsumerSettings> _seen;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly IDisposable _registration;

    public SettingsWatch(IConfiguration source, ConsumerConfiguration configuration, IEnumerable<ConsumerPlan> plans, ILogger logger)
    {
        (_configuration, _logger) = (configuration, logger);
        _seen = plans.ToDictionary(plan => plan, plan => plan.Settings);
        _registration = ChangeToken.OnChange(source.GetReloadToken, Look);
    }

    public void Dispose() => _registration.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            foreach (ConsumerPlan plan in _seen.Keys.ToArray())
                Look(plan);
        }
    }

    private void Look(ConsumerPlan plan)
    {
        ConsumerSettings next;
        try
        {
            next = _configuration.For(plan.Definition);
            SettingRules.Check(next);
        }
        catch (Exception e) when (e is ConsumerConfigurationException or ArgumentException)
        {
            Log.SettingsRefused(_logger, plan.Name, e.Message);
            return;
        }

        ConsumerSettings seen = _seen[plan];
        _seen[plan] = next;
        foreach (ConsumerSetting setting in ConsumerSettingTable.All.Where(setting => setting.Name != "BackoffDelays")) // which are told as Retry
        {
            (string before, string after) = (setting.Show(seen), setting.Show(next));
            if (before == after)
                continue;
            if (setting.Counts == SettingCounts.AtOnce)
                Log.SettingChanged(_logger, plan.Name, setting.Name, before, after);
            else
                Log.SettingWaits(_logger, plan.Name, setting.Name, before, after);
        }

        plan.Live.Change(plan.Settings with
        {
            Concurrency = next.Concurrency,
            Retry = next.Retry,
            HandlerTimeout = next.HandlerTimeout,
            MaxMessages = next.MaxMessages,
            MaxWait = next.MaxWait,
        });
    }
}
