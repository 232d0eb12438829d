using System.Text;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client;

/// <content>What the server sends.</content>
public sealed partial class NatsConnection
{
    ValueTask IFrameHandler.OnFrameAsync(in Frame frame)
    {
        if (_lastServerError is not null)
            _lastServerError = null; // the connection has outlived it

        switch (frame.Kind)
        {
            case FrameKind.Message:
                return _subscriptions.Find(frame.SubscriptionId) is { } subscription ? subscription.Sink.OnMessageAsync(frame) : ValueTask.CompletedTask;
            case FrameKind.Ping:
                _outbox.WriteCommand("PONG\r\n"u8);
                break;
            case FrameKind.Pong:
                _pings.OnPong();
                break;
            case FrameKind.Info:
                OnInfo(NatsServerInfo.Parse(frame.Payload));
                break;
            case FrameKind.Error:
                string error = Encoding.UTF8.GetString(frame.Payload);
                _lastServerError = error;
                Log.ServerError(_logger, error);
                _requests.OnServerError(error);
                Raise(new NatsConnectionEvent(NatsConnectionEventKind.ServerError, new NatsServerException($"The server reports an error: '{error}'.")));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void OnInfo(NatsServerInfo info)
    {
        bool leaving = info.LameDuckMode && _serverInfo is { LameDuckMode: false };
        _serverInfo = info;
        if (_session is not { } session)
            return;
        _pool.Learn(info, session.Server);
        if (!leaving)
            return;
        Log.LameDuck(_logger, session.Server.ToString());
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.LameDuck));
        session.LameDuck.TrySetResult();
    }
}
