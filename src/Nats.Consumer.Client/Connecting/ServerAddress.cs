using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Where a server is, and the credentials that stood in its URL. Shown without them.</summary>
internal sealed record ServerAddress(string Host, int Port, Credentials Credentials)
{
    public const int DefaultPort = 4222;

    /// <summary>Reads a list such as <c>nats://a:4222,nats://user:password@b</c>.</summary>
    /// <exception cref="ArgumentException">An entry cannot be read; the message names it without its credentials.</exception>
    public static IReadOnlyList<ServerAddress> ParseList(string urls)
    {
        string[] parts = (urls ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
            throw new ArgumentException("The server URL is empty. Give one like nats://127.0.0.1:4222.", nameof(urls));
        return [.. parts.Select(Parse)];
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"nats://[{Host}]:{Port}" : $"nats://{Host}:{Port}";

    private static ServerAddress Parse(string url)
    {
        string withScheme = url.Contains("://", StringComparison.Ordinal) ? url : $"nats://{url}";
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw new ArgumentException($"'{WithoutCredentials(url)}' is not a server URL. Give one like nats://127.0.0.1:4222.", nameof(url));
        if (uri.Scheme != "nats")
        {
            throw new ArgumentException(
                $"The scheme '{uri.Scheme}' of '{WithoutCredentials(url)}' is not supported. Use nats://host:port.", nameof(url));
        }

        return new ServerAddress(uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort, Credentials.FromUserInfo(uri.UserInfo));
    }

    private static string WithoutCredentials(string url)
    {
        int at = url.LastIndexOf('@');
        return at < 0 ? url : $"***{url[at..]}";
    }
}
