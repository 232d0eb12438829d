using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.EndToEnd.Measuring;

namespace Nats.Consumer.EndToEnd.Scenarios;

/// <summary>The runtime as an application uses it: a host, a consumer, a handler.</summary>
internal static class RuntimeScenarios
{
    public static async Task<Measurement> PullAsync<THandler>(Lab lab, int count, int window, Action<NatsConsumersBuilder>? connect = null)
        where THandler : ConsumerHandler
    {
        await lab.FillAsync(count);
        string durable = lab.NewDurable();
        var meter = new Meter(lab, count);
        using IHost host = Build(lab, services =>
        {
            services.AddSingleton(meter);
            services.AddSingleton(new RunSettings(durable, window, typeof(THandler)));
            if (typeof(THandler) != typeof(ScopedHandler))
                services.AddSingleton<THandler>();
        }, connect);
        await host.StartAsync();
        await meter.Done;
        await lab.WaitForAcksAsync(durable, count);
        Measurement measured = meter.Stop();
        await host.StopAsync();
        await lab.DeleteDurableAsync(durable);
        return measured;
    }

    public static async Task<Measurement> PublishToStreamAsync(Lab lab, int count)
    {
        const int Window = 1000;
        await lab.RecreateStreamAsync(Lab.PublishStream);
        var meter = new Meter(lab, count);
        using IHost host = Build(lab, _ => { }); // not started: nothing is consumed
        await host.Services.GetRequiredService<INatsConnection>().ConnectAsync();
        IJetStream jetStream = host.Services.GetRequiredService<IJetStream>();
        var window = new Queue<Task<PublishAck>>(Window);
        for (int sent = 0; sent < count; sent++)
        {
            if (window.Count == Window)
                await ConfirmAsync();
            window.Enqueue(jetStream.PublishAsync(Lab.PublishSubject, Lab.Payload).AsTask());
        }

        while (window.Count > 0)
            await ConfirmAsync();
        Measurement measured = meter.Stop();
        await lab.CheckStreamAsync(Lab.PublishStream, count);
        return measured;

        async ValueTask ConfirmAsync()
        {
            await window.Dequeue();
            meter.Count();
        }
    }

    public static async Task<Measurement> PublishThroughWindowAsync(Lab lab, int count, bool withIds)
    {
        await lab.RecreateStreamAsync(Lab.PublishStream);
        var meter = new Meter(lab, count);
        using IHost host = Build(lab, _ => { });
        await host.Services.GetRequiredService<INatsConnection>().ConnectAsync();
        await using PublishWindow window = host.Services.GetRequiredService<IJetStream>().OpenPublishWindow();
        for (int sent = 0; sent < count; sent++)
        {
            await window.PublishAsync(Lab.PublishSubject, Lab.Payload, withIds ? new PublishOptions { MessageId = $"{sent}" } : null);
            meter.Count();
        }

        await window.FlushAsync();
        Measurement measured = meter.Stop();
        await lab.CheckStreamAsync(Lab.PublishStream, count);
        return measured;
    }

    private static IHost Build(Lab lab, Action<IServiceCollection> configure, Action<NatsConsumersBuilder>? connect = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder.Services);
        connect ??= nats => nats.Configure(options => options.Url = lab.Url);
        builder.AddNatsConsumers(nats => connect(nats.AddConsumer<BenchConsumer>()));
        return builder.Build();
    }
}
