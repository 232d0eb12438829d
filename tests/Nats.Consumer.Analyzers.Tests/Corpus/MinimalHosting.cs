using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "alerts", Args = args });
builder.Logging.SetMinimumLevel(LogLevel.Information);
builder.Services.AddSingleton<IPager, ConsolePager>();
builder.AddNatsConsumers(nats => nats
    .Configure(options => options.RequestTimeout = TimeSpan.FromSeconds(10))
    .Use<Timing>());
using var host = builder.Build();
if (args is ["--check"])
    return 0;
await host.RunAsync();
return 0;

internal interface IPager
{
    ValueTask PageAsync(string text, CancellationToken cancellationToken);
}

internal sealed class ConsolePager : IPager
{
    public async ValueTask PageAsync(string text, CancellationToken cancellationToken) => await Console.Out.WriteLineAsync(text.AsMemory(), cancellationToken);
}

internal sealed class Timing(ILogger<Timing> logger) : IConsumerMiddleware
{
    public async ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        Outcome outcome = await next(message, cancellationToken);
        logger.LogInformation("{Subject}: {Outcome} after {Time}", message.Subject, outcome.Kind, System.Diagnostics.Stopwatch.GetElapsedTime(start));
        return outcome;
    }
}

internal sealed class AlertConsumer : PullConsumer
{
    public override string StreamName => "alerts";

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new("alerts") { Subjects = ["alerts.>"], MaxAge = TimeSpan.FromDays(7) })];
}

internal sealed class AlertHandler(IPager pager) : ConsumerHandler
{
    [Handle("alerts.{severity}.raised")]
    public async ValueTask<Outcome> OnRaisedAsync(string severity, Alert alert, CancellationToken cancellationToken)
    {
        if (severity != "critical")
            return Outcome.Ack;
        await pager.PageAsync(alert.Text, cancellationToken);
        return Outcome.Ack;
    }

    [Handle("alerts.>")]
    public ValueTask OnOtherAsync() => default;
}

internal sealed record Alert(string Text);
