using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Translation;

/// <summary>What the server says of itself, read once for each INFO that NATS.Net receives.</summary>
internal sealed class ServerFacts(Core.INatsConnection connection)
{
    private volatile Entry? _last;

    public NatsServerInfo? Current
    {
        get
        {
            Core.INatsServerInfo? source = connection.ServerInfo;
            if (source is null)
                return null;
            Entry? last = _last;
            if (last is null || last.Source != source)
                _last = last = new Entry(source, Read(source));
            return last.Info;
        }
    }

    private static NatsServerInfo Read(Core.INatsServerInfo source) => new()
    {
        ServerName = source.Name,
        VersionText = source.Version,
        Version = NatsServerInfo.ParseVersion(source.Version),
        MaxPayload = source.MaxPayload,
        HeadersSupported = source.HeadersSupported,
        JetStreamEnabled = source.JetStreamAvailable,
        AuthenticationRequired = source.AuthRequired,
        TlsRequired = source.TlsRequired,
        TlsAvailable = source.TlsAvailable,
        ClientId = source.ClientId,
        LameDuckMode = source.LameDuckMode,
        Cluster = string.IsNullOrEmpty(source.Cluster) ? null : source.Cluster,
        ConnectUrls = source.ClientConnectUrls ?? [],
    };

    private sealed record Entry(Core.INatsServerInfo Source, NatsServerInfo Info);
}
