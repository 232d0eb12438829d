using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Nats.Consumer.Testing;

/// <summary>What the server's greeting says, as far as a start needs it; of how many servers it knows, in a cluster.</summary>
internal readonly record struct ServerInfo(Version Version, bool JetStream, int Servers = 0)
{
    /// <summary>Connects, reads the INFO line, hangs up. Null while nothing answers.</summary>
    public static async Task<ServerInfo?> TryReadAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadLineAsync(cancellationToken) is { } line ? Parse(line) : null;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>The same from the log, for a server that greets only over TLS. It says that it is ready when JetStream is up, if that was asked for.</summary>
    public static async Task<ServerInfo?> TryReadFromLogAsync(ServerLog log, int port, bool jetStream, CancellationToken cancellationToken)
    {
        if (!log.Contains("Server is ready"))
            return null;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        }
        catch (SocketException)
        {
            return null;
        }

        return new ServerInfo(ParseVersion(log.TextAfter(" Version:")), jetStream);
    }

    public static ServerInfo? Parse(string line)
    {
        if (!line.StartsWith("INFO {", StringComparison.Ordinal))
            return null;
        using var json = JsonDocument.Parse(line.AsMemory(5));
        var version = json.RootElement.TryGetProperty("version", out var text) ? text.GetString() : null;
        return new ServerInfo(ParseVersion(version), json.RootElement.TryGetProperty("jetstream", out var on) && on.ValueKind == JsonValueKind.True,
            json.RootElement.TryGetProperty("connect_urls", out var urls) && urls.ValueKind == JsonValueKind.Array ? urls.GetArrayLength() : 0);
    }

    /// <summary>"2.12.0-RC.1" is 2.12.0; what is no version is 0.0.</summary>
    public static Version ParseVersion(string? text)
    {
        var numbers = (text ?? "").TrimStart('v').Split('-', '+')[0];
        return Version.TryParse(numbers, out var version) ? version : new Version(0, 0);
    }
}
