using System.Text.Json;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Writes the CONNECT command that introduces the client.</summary>
internal static class ConnectCommand
{
    private static readonly string Version = typeof(ConnectCommand).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static byte[] Write(NatsConnectionOptions options, Credentials credentials, NonceProof? proof = null, bool tls = false)
    {
        using var stream = new MemoryStream();
        stream.Write("CONNECT "u8);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteBoolean("verbose", false);
            json.WriteBoolean("pedantic", false);
            json.WriteBoolean("headers", true);
            json.WriteBoolean("no_responders", true);
            json.WriteBoolean("echo", options.Echo);
            json.WriteNumber("protocol", 1); // the server may send INFO at any time
            json.WriteBoolean("tls_required", tls);
            json.WriteString("lang", "csharp");
            json.WriteString("version", Version);
            if (options.Name is not null)
                json.WriteString("name", options.Name);
            if (credentials.Token is not null)
                json.WriteString("auth_token", credentials.Token);
            if (credentials.Username is not null)
            {
                json.WriteString("user", credentials.Username);
                json.WriteString("pass", credentials.Password);
            }

            if (proof is not null)
            {
                if (proof.PublicKey is not null)
                    json.WriteString("nkey", proof.PublicKey);
                if (proof.Jwt is not null)
                    json.WriteString("jwt", proof.Jwt);
                json.WriteString("sig", proof.Signature);
            }

            json.WriteEndObject();
        }

        stream.Write("\r\nPING\r\n"u8);
        return stream.ToArray();
    }
}
