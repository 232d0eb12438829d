using System.Text.RegularExpressions;

namespace Nats.Consumer.Hosting;

/// <summary><c>memory://NAME</c> in the place of a server's URL: a server in the memory of the process, shared by all who use the same name. Without a name it is called <c>memory</c>.</summary>
internal static partial class MemoryUrl
{
    private const string Scheme = "memory://";

    /// <returns>The name; <see langword="null"/> when the URL is of another kind.</returns>
    /// <exception cref="ArgumentException">The name has characters that names do not have.</exception>
    public static string? NameIn(string? url)
    {
        if (url?.Trim().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return null;
        string name = url.Trim()[Scheme.Length..].TrimEnd('/');
        if (!Name().IsMatch(name))
            throw new ArgumentException($"'{url}' has a name that an in-memory server cannot have. Use letters, digits, '-' and '_', as in memory://orders, or none.");
        return name.Length > 0 ? name : "memory";
    }

    /// <summary>The URL of a name; what a name cannot have becomes <c>_</c>.</summary>
    public static string Of(string name) => Scheme + Other().Replace(name, "_");

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Other();

    [GeneratedRegex("^[A-Za-z0-9_-]*$")]
    private static partial Regex Name();
}
