using Microsoft.Extensions.Configuration;
using Nats.Consumer.Testing;

namespace GitHubEvents.Demonstration;

/// <summary>The server that <c>NATS_URL</c> or <c>Nats:Url</c> names, or else one of the sample's own.</summary>
internal sealed class EventServer : IAsyncDisposable
{
    private readonly NatsServerProcess? _own;

    private EventServer(NatsServerProcess? own) => _own = own;

    public bool IsOwn => _own is not null;

    /// <returns><see langword="null"/> when there is none to start; it has been said why.</returns>
    public static async Task<EventServer?> StartUnlessGivenAsync(IConfiguration configuration)
    {
        if (configuration["NATS_URL"] is not null || configuration["Nats:Url"] is not null)
            return new EventServer(null);
        try
        {
            NatsServerProcess own = await NatsServerProcess.StartAsync(); // on a free port, with its files in a temporary folder
            configuration["NATS_URL"] = own.Url;
            Console.WriteLine($"Started nats-server {own.Version} at {own.Url} for this run. NATS_URL=nats://host:port takes another one.");
            return new EventServer(own);
        }
        catch (NatsServerException e)
        {
            Console.Error.WriteLine(e.Message);
            return null;
        }
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
