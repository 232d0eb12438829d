using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

await Host.CreateDefaultBuilder(args)
    .ConfigureServices((context, services) => services.AddSingleton(TimeProvider.System).AddHostedService<Heartbeat>())
    .Build()
    .RunAsync();

internal sealed class Heartbeat(TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Console.WriteLine($"{time.GetUtcNow():O} {lifetime.ApplicationStarted.IsCancellationRequested}");
    }
}

internal sealed class EmailHandler : ConsumerHandler
{
    [Handle("mail.{tenant}.outgoing")]
    public Task SendAsync(string tenant, byte[] mime, CancellationToken cancellationToken) => File.WriteAllBytesAsync($"/var/spool/{tenant}", mime, cancellationToken);
}

internal sealed class AuditHandler : ConsumerHandler
{
    [Handle("audit.>")]
    public Task OnAnythingAsync(MessageContext message, CancellationToken cancellationToken) => Console.Out.WriteLineAsync(message.Subject.AsMemory(), cancellationToken);
}

internal sealed class Mail : PullConsumer
{
    public override string StreamName => "mail";

    public override IReadOnlyList<string> Subjects => ["mail.>"];

    public override int Concurrency => 16;
}

internal sealed class Audit : PullConsumer
{
    public override string StreamName => "audit";

    public override IReadOnlyList<string> Subjects => ["audit.>"];

    public override RetryPolicy Retry => RetryPolicy.Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    public override int MaxDeliver => 20;
}
