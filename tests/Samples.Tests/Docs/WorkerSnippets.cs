using Microsoft.Extensions.Hosting;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>The least that a worker is, as in the README, so that it compiles.</summary>
internal static class WorkerSnippets
{
    public static HostApplicationBuilder Create(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddNatsConsumers();
        return builder;
    }
}
