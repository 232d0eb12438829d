using System.Text;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>A scaffold as one text, compared with the one that is checked in. TEMPLATES_ACCEPT=1 writes that instead.</summary>
internal static class Snapshot
{
    public static SortedDictionary<string, string> Read(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText), StringComparer.Ordinal);

    public static void Check(string name, IEnumerable<KeyValuePair<string, string>> files)
    {
        var text = new StringBuilder();
        foreach (var (path, content) in files)
            text.Append("==== ").Append(path).Append('\n').Append(content).Append(content.EndsWith('\n') ? "" : "\n==== (no newline at the end)\n");
        string actual = text.ToString().Replace(LocalFeed.Version, "VERSION", StringComparison.Ordinal);
        string file = Path.Combine(Repository.Root, "tests", "Nats.Consumer.Templates.Tests", "Snapshots", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("TEMPLATES_ACCEPT") == "1")
            File.WriteAllText(file, actual);
        string expected = File.Exists(file) ? File.ReadAllText(file) : "";
        actual.ShouldBe(expected, "TEMPLATES_ACCEPT=1 accepts what is made now; see what it changes in the repository.");
    }
}
