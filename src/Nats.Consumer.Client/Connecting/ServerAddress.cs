using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Where a server is, and the credentials that stood in its URL. Shown without them.</summary>
internal sealed record ServerAddress(string Host, int Port, Credentials Credentials)
{
    public const int DefaultPort = 4222;

    /// <summary>Whether the URL was <c>tls://</c>: never without TLS. An address that a cluster announces takes it from the server that announced it.</summary>
    public bool IsTls { get; init; }

    /// <summary>
    /// The name to look for in the certificate, when it is not <see cref="Host"/>. A cluster announces IP addresses, which certificates seldom hold: such an
    /// address has the host name of the server that announced it here.
    /// </summary>
    public string? TlsHost { get; init; }

    /// <summary>Reads a list such as <c>nats://a:4222,nats://user:password@b</c>.</summary>
    /// <exception cref="ArgumentException">An entry cannot be read; the message names it without its credentials.</exception>
    public static IReadOnlyList<ServerAddress> ParseList(string urls)
    {
        string[] parts = (urls ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
            throw new ArgumentException("The server URL is empty. Give one like nats://127.0.0.1:4222.", nameof(urls));
        return [.. parts.Select(part => Parse(part, Shown(part, parts)))];
    }

    /// <summary>Reads an address that a server of the cluster gave (<c>host:port</c>); it shares that server's credentials and its name for TLS.</summary>
    public static bool TryParseDiscovered(string url, ServerAddress announcer, [NotNullWhen(true)] out ServerAddress? server)
    {
        server = null;
        if (!Uri.TryCreate($"nats://{url}", UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            return false;
        string host = uri.Host.Trim('[', ']');
        server = announcer with { Host = host, Port = uri.Port > 0 ? uri.Port : DefaultPort, TlsHost = IsName(host) ? null : announcer.NameForTls };
        return true;
    }

    /// <summary>Whether both are one server, whatever the credentials.</summary>
    public bool IsSamePlace(ServerAddress other) => Port == other.Port && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    public override string ToString()
    {
        string scheme = IsTls ? "tls" : "nats";
        return Host.Contains(':', StringComparison.Ordinal) ? $"{scheme}://[{Host}]:{Port}" : $"{scheme}://{Host}:{Port}";
    }

    private static ServerAddress Parse(string url, string shown)
    {
        string withScheme = url.Contains("://", StringComparison.Ordinal) ? url : $"nats://{url}";
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw new ArgumentException($"{shown} is not a server URL. Give one like nats://127.0.0.1:4222.", nameof(url));
        if (uri.Scheme is not ("nats" or "tls"))
        {
            throw new ArgumentException(
                $"The scheme '{uri.Scheme}' of {shown} is not supported. Use nats://host:port or tls://host:port.", nameof(url));
        }

        // A password with one of these in it, not encoded, would leave a part of itself as the port.
        if (uri.AbsolutePath.Length > 1 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException(
                $"{shown} has more than a host and a port. Give a URL like nats://127.0.0.1:4222; in a password write / ? # @ and , as %2F %3F %23 %40 and %2C.", nameof(url));
        }

        return new ServerAddress(uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort, Credentials.FromUserInfo(uri.UserInfo)) { IsTls = uri.Scheme == "tls" };
    }

    private string? NameForTls => TlsHost ?? (IsName(Host) ? Host : null);

    private static bool IsName(string host) => Uri.CheckHostName(host) == UriHostNameType.Dns;

    // A comma in a password cuts it in two, so beside an entry with credentials none is shown that may be a part of them.
    private static string Shown(string url, string[] all)
    {
        int at = url.LastIndexOf('@');
        return at >= 0 ? $"'***{url[at..]}'"
            : all.Any(other => other.Contains('@', StringComparison.Ordinal)) ? $"Entry {Array.IndexOf(all, url) + 1} of the list"
            : $"'{url}'";
    }
}
