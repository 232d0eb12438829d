using System.Buffers;
using System.Text.Json;

namespace Nats.Consumer.Client;

/// <summary>What a server says of itself (INFO).</summary>
public sealed record NatsServerInfo
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>The server's name.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The server's version as it says it, such as <c>2.10.27</c>.</summary>
    public string VersionText { get; init; } = "";

    /// <summary>The numbers of <see cref="VersionText"/>, without a pre-release label; 0.0.0 when it cannot be read.</summary>
    public Version Version { get; init; } = new(0, 0, 0);

    /// <summary>The most bytes of headers and payload together. Default of the server: 1 MiB.</summary>
    public long MaxPayload { get; init; } = 1024 * 1024;

    /// <summary>Whether the server takes headers.</summary>
    public bool HeadersSupported { get; init; }

    /// <summary>Whether JetStream is on for this server.</summary>
    public bool JetStreamEnabled { get; init; }

    /// <summary>Whether the server asks for credentials.</summary>
    public bool AuthenticationRequired { get; init; }

    /// <summary>Whether the server takes no command without TLS.</summary>
    internal bool TlsRequired { get; init; }

    /// <summary>Whether the server takes TLS, but not only.</summary>
    internal bool TlsAvailable { get; init; }

    /// <summary>The number of this connection on the server.</summary>
    public ulong ClientId { get; init; }

    /// <summary>The server is about to go (lame-duck mode).</summary>
    public bool LameDuckMode { get; init; }

    /// <summary>The name of the cluster that the server is part of; <see langword="null"/> for a server by itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>Addresses (<c>host:port</c>) of the other servers of the cluster.</summary>
    public IReadOnlyList<string> ConnectUrls { get; init; } = [];

    /// <summary>What a client that authenticates by signature has to sign; <see langword="null"/> from a server that knows no such users.</summary>
    internal string? Nonce { get; init; }

    internal static NatsServerInfo Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            string version = Text(root, "version");
            return new NatsServerInfo
            {
                ServerName = Text(root, "server_name"),
                VersionText = version,
                Version = ParseVersion(version),
                MaxPayload = root.TryGetProperty("max_payload", out JsonElement max) && max.TryGetInt64(out long bytes) ? bytes : 1024 * 1024,
                HeadersSupported = Flag(root, "headers"),
                JetStreamEnabled = Flag(root, "jetstream"),
                AuthenticationRequired = Flag(root, "auth_required"),
                TlsRequired = Flag(root, "tls_required"),
                TlsAvailable = Flag(root, "tls_available"),
                ClientId = root.TryGetProperty("client_id", out JsonElement id) && id.TryGetUInt64(out ulong number) ? number : 0,
                LameDuckMode = Flag(root, "ldm"),
                Cluster = Text(root, "cluster") is { Length: > 0 } cluster ? cluster : null,
                Nonce = Text(root, "nonce") is { Length: > 0 } nonce ? nonce : null,
                ConnectUrls = root.TryGetProperty("connect_urls", out JsonElement urls) && urls.ValueKind == JsonValueKind.Array
                    ? [.. urls.EnumerateArray().Select(url => url.GetString()).OfType<string>()]
                    : [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new NatsProtocolException($"The server's INFO is not the JSON that NATS servers send: {Wire.Quote.Of(json)}. Is this port a NATS server?");
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static bool Flag(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    internal static Version ParseVersion(string text)
    {
        int end = text.AsSpan().IndexOfAnyExcept(VersionCharacters);
        return Version.TryParse(end < 0 ? text : text[..end], out Version? version) ? version : new Version(0, 0, 0);
    }
}
