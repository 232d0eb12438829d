using System.Runtime.CompilerServices;

namespace Nats.Consumer.Analyzers.Hygiene;

/// <summary>Files of the repository, as the compiler saw them.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
