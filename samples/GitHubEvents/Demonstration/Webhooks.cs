using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Nats.Consumer.Client;

namespace GitHubEvents.Demonstration;

/// <summary>A message to publish.</summary>
internal sealed record Webhook(string Subject, byte[] Payload, NatsHeaders? Headers = null);

/// <summary>The payloads of Data/, byte for byte, and what is done to two of them.</summary>
internal static class Webhooks
{
    public const int AttemptsToFail = 2;

    /// <summary>329 real payloads; the handler of the first release fails twice.</summary>
    public static List<Webhook> Load()
    {
        using Stream file = typeof(Webhooks).Assembly.GetManifestResourceStream("github-webhooks.json.gz")!;
        using var json = new GZipStream(file, CompressionMode.Decompress);
        using JsonDocument events = JsonDocument.Parse(json);
        List<Webhook> webhooks = [.. events.RootElement.EnumerateArray().SelectMany(
            kind => kind.GetProperty("examples").EnumerateArray().Select(
                payload => new Webhook(Subject(kind.GetProperty("name").GetString()!, payload), Encoding.UTF8.GetBytes(payload.GetRawText()))))];

        int release = webhooks.FindIndex(webhook => webhook.Subject == "github.release.published");
        webhooks[release] = webhooks[release] with { Headers = Outage.Of(AttemptsToFail) };
        return webhooks;
    }

    /// <summary>A payload that broke off on its way.</summary>
    public static Webhook Truncate(Webhook webhook) => webhook with { Payload = webhook.Payload[..(webhook.Payload.Length / 2)] };

    private static string Subject(string name, JsonElement payload) =>
        payload.TryGetProperty("action", out JsonElement action) ? $"github.{name}.{action.GetString()}" : $"github.{name}";
}
