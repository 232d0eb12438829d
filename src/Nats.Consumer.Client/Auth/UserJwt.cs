using System.Buffers.Text;
using System.Text.Json;

namespace Nats.Consumer.Client.Auth;

/// <summary>What a user JWT says, as far as it explains why a server refuses it. Nothing is verified: that is the server's part.</summary>
/// <param name="Subject">The user's public key.</param>
/// <param name="Account">The account's public key.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> for never.</param>
internal sealed record UserJwt(string? Subject, string? Account, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether the text looks like a JWT: three parts of base64url.</summary>
    public static bool HasForm(ReadOnlySpan<char> text)
    {
        int dots = 0;
        foreach (char c in text)
        {
            if (c == '.')
                dots++;
            else if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return dots == 2 && text[0] != '.' && !text.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>Reads the claims; what cannot be read is <see langword="null"/>.</summary>
    public static UserJwt Read(string jwt)
    {
        try
        {
            string[] parts = jwt.Split('.');
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            JsonElement claims = document.RootElement;
            string? account = claims.TryGetProperty("nats", out JsonElement nats) ? Text(nats, "issuer_account") : null;
            DateTimeOffset? expiresAt = claims.TryGetProperty("exp", out JsonElement exp) && exp.TryGetInt64(out long seconds) && seconds > 0
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
            return new UserJwt(Text(claims, "sub"), account ?? Text(claims, "iss"), expiresAt);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return new UserJwt(null, null, null);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: NKey.PublicKeyLength } text ? text : null;
}
