using Microsoft.Extensions.Logging;
using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Worker;

/// <summary>Throws away what it does not know.</summary>
public sealed class MonitorHandler(Journal journal, ILogger<MonitorHandler> logger) : ConventionHandler("monitor.cpu.high", "monitor.disk.full")
{
    public Task handle_cpu_high(MessageContext message) => journal.WriteAsync(message, this, "cpu");

    public Task handle_disk_full(MessageContext message) => journal.WriteAsync(message, this, "disk");

    protected override async ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken cancellationToken)
    {
        logger.LogInformation("{Subject} is unknown: {Reason}", message.Subject, reason);
        if (reason == "unhandled_subject")
        {
            await journal.WriteAsync(message, this, "unknown");
            return Outcome.Ack;
        }

        return Outcome.Retry;
    }
}

/// <summary>By a switch.</summary>
public sealed class DeviceHandler(Journal journal) : ConventionHandler("devices.joined")
{
    public Task handle_joined(MessageContext message) => journal.WriteAsync(message, this, "joined");

    protected override async ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken cancellationToken)
    {
        await journal.WriteAsync(message, this, "unknown device");
        return reason switch
        {
            "unhandled_subject" => Outcome.Drop("unknown"),
            _ => Outcome.Retry,
        };
    }
}

public sealed class DeployHandler(Journal journal) : ConventionHandler("deploys.started", "deploys.finished", "deploys.failed")
{
    public Task handle_started(MessageContext message) => journal.WriteAsync(message, this, "started");

    public Task handle_finished(MessageContext message) => journal.WriteAsync(message, this, "finished");

    public Task handle_failed(MessageContext message) => journal.WriteAsync(message, this, "failed");
}

public sealed class BackupHandler(Journal journal) : ConventionHandler("backups.nightly.done")
{
    public Task HandleNightlyDoneAsync(MessageContext message) => journal.WriteAsync(message, this, "done");
}

public sealed class AlertHandler(Journal journal) : ConventionHandler("alerts.error", "alerts.async")
{
    // Not HandleErrorAsync, which was the router's.
    public Task handle_error(MessageContext message) => journal.WriteAsync(message, this, "error");

    public Task handle_async(MessageContext message) => journal.WriteAsync(message, this, "async");
}

public sealed class QueueHandler(Journal journal) : ConventionHandler("queues.long")
{
    public async Task handle_long(MessageContext message, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        await journal.WriteAsync(message, this, "long");
    }
}

public sealed class CertificateHandler(Journal journal) : ConventionHandler("certificates.expiring", "certificates.renewed")
{
    public Task handle_expiring(MessageContext message) => journal.WriteAsync(message, this, "expiring");

    public Task handle_renewed(MessageContext message) => journal.WriteAsync(message, this, "renewed");
}

public sealed class ImportHandler(Journal journal) : ConventionHandler("imports.csv.arrived", "imports.xml.arrived")
{
    public Task handle_csv_arrived(MessageContext message) => journal.WriteAsync(message, this, "csv");

    public Task handle_xml_arrived(MessageContext message) => journal.WriteAsync(message, this, "xml");
}

public sealed class ExportHandler : ConventionHandler
{
    private readonly Journal _journal;

    public ExportHandler(Journal journal) : base("exports.ready") { _journal = journal; if (ValidateHandlers().Count > 0) throw new InvalidOperationException("A method is missing."); }

    public Task handle_ready(MessageContext message) => _journal.WriteAsync(message, this, "ready");
}

public sealed class SearchHandler(Journal journal) : ConventionHandler("search.index.built", "search.query.slow")
{
    public Task handle_index_built(MessageContext message) => journal.WriteAsync(message, this, "built");

    public Task handle_query_slow(MessageContext message) => journal.WriteAsync(message, this, "slow");
}

public sealed class CacheHandler(Journal journal) : ConventionHandler("cache-flushed")
{
    public Task handle_flushed(MessageContext message) => journal.WriteAsync(message, this, "flushed");
}

public sealed class RegionHandler(Journal journal) : ConventionHandler("regions.eu.west.failed.over")
{
    public Task handle_eu_west_failed_over(MessageContext message) => journal.WriteAsync(message, this, "over");
}

public sealed class ScheduleHandler(Journal journal) : ConventionHandler("schedules.daily", "schedules.weekly")
{
    public Task handle_daily(MessageContext message) => journal.WriteAsync(message, this, "daily");

    public Task handle_weekly(MessageContext message) => journal.WriteAsync(message, this, "weekly");
}

public sealed class FeatureHandler(Journal journal) : ConventionHandler("features.flag.on", "features.flag.off")
{
    public Task handle_flag_on(MessageContext message) => journal.WriteAsync(message, this, "on");

    public Task handle_flag_off(MessageContext message) => journal.WriteAsync(message, this, "off");
}
