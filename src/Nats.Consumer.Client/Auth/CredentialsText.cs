using System.Text;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// The text of a <c>.creds</c> file, as nsc writes it: a user JWT and a user's seed, each between lines of dashes with BEGIN and END.
/// </summary>
internal static class CredentialsText
{
    private const int FewestDashes = 3;
    private const string JwtPart = "NATS USER JWT";
    private const string SeedPart = "USER NKEY SEED";

    /// <summary>Reads both parts, the first of each. What is outside of them, and any other part, is ignored.</summary>
    /// <param name="content">The bytes of the file; the caller wipes them.</param>
    /// <param name="seed">Takes the 32 bytes of the seed; the caller wipes them.</param>
    /// <returns>The JWT.</returns>
    /// <exception cref="FormatException">It is no such text; the message continues a sentence that starts with the file, and quotes nothing of it.</exception>
    public static string Parse(ReadOnlySpan<byte> content, Span<byte> seed)
    {
        string jwt = Encoding.UTF8.GetString(Part(content, JwtPart));
        if (!UserJwt.HasForm(jwt))
            throw new FormatException($"has no JWT between BEGIN {JwtPart} and END {JwtPart}");
        ReadOnlySpan<byte> seedText = Part(content, SeedPart);
        try
        {
            NKey.DecodeUserSeed(seedText, seed);
        }
        catch (FormatException e)
        {
            throw new FormatException($"has a seed that {e.Message}");
        }

        return jwt;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> content, string name)
    {
        ReadOnlySpan<byte> part = default;
        bool inside = false;
        foreach (Range range in content.SplitAny((byte)'\n', (byte)'\r'))
        {
            ReadOnlySpan<byte> line = content[range].Trim(" \t"u8);
            if (line.IsEmpty)
                continue;
            if (IsMarker(line, "BEGIN ", name))
            {
                if (inside)
                    break;
                inside = true;
            }
            else if (!inside)
            {
                continue;
            }
            else if (IsMarker(line, "END ", name))
            {
                return part.IsEmpty ? throw new FormatException($"has nothing between BEGIN {name} and END {name}") : part;
            }
            else if (line.StartsWith("---"u8))
            {
                break;
            }
            else
            {
                part = part.IsEmpty ? line : throw new FormatException($"has more than one line between BEGIN {name} and END {name}");
            }
        }

        throw new FormatException(inside ? $"has a line BEGIN {name} and no line END {name}" : $"has no part BEGIN {name}");
    }

    // -----BEGIN NATS USER JWT-----, with any number of dashes from three on and any white space between.
    private static bool IsMarker(ReadOnlySpan<byte> line, string verb, string name)
    {
        ReadOnlySpan<byte> label = line.Trim((byte)'-');
        int before = line.IndexOfAnyExcept((byte)'-');
        int after = line.Length - 1 - line.LastIndexOfAnyExcept((byte)'-');
        return before >= FewestDashes && after >= FewestDashes && Ascii.Equals(label.Trim((byte)' '), verb + name);
    }
}
