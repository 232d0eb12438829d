using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Translation;

/// <summary>What NATS.Net tells of its connection, one after the other, for the one who owns the adapter's state: NATS.Net raises all events of all listeners in turn, so nothing here takes time.</summary>
internal sealed class ConnectionNews(Core.INatsConnection connection, ILogger logger)
{
    private readonly Channel<NatsConnectionEvent> _news = Channel.CreateUnbounded<NatsConnectionEvent>(new UnboundedChannelOptions { SingleReader = true });

    public IAsyncEnumerable<NatsConnectionEvent> ReadAllAsync(CancellationToken cancellationToken) => _news.Reader.ReadAllAsync(cancellationToken);

    public void Tell(NatsConnectionEventKind kind, Exception? error) => _news.Writer.TryWrite(new NatsConnectionEvent(kind, error));

    public void Listen()
    {
        connection.ConnectionDisconnected += OnDisconnected;
        connection.ServerError += OnServerError;
        connection.LameDuckModeActivated += OnLameDuck;
    }

    public void Ignore()
    {
        connection.ConnectionDisconnected -= OnDisconnected;
        connection.ServerError -= OnServerError;
        connection.LameDuckModeActivated -= OnLameDuck;
    }

    private ValueTask OnDisconnected(object? sender, Core.NatsEventArgs args)
    {
        Log.Disconnected(logger, args.Message);
        Tell(NatsConnectionEventKind.Disconnected, new NatsConnectionException($"NATS.Net lost the connection to {args.Message}."));
        return ValueTask.CompletedTask;
    }

    private ValueTask OnServerError(object? sender, Core.NatsServerErrorEventArgs args)
    {
        Log.ServerError(logger, args.Error);
        Tell(NatsConnectionEventKind.ServerError, new NatsServerException($"The server reports an error: '{args.Error}'."));
        return ValueTask.CompletedTask;
    }

    private ValueTask OnLameDuck(object? sender, Core.NatsLameDuckModeActivatedEventArgs args)
    {
        Log.LameDuck(logger, args.Uri.Authority);
        Tell(NatsConnectionEventKind.LameDuck, null);
        return ValueTask.CompletedTask;
    }
}
