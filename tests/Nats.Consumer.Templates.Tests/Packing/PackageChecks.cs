using System.IO.Compression;
using System.Text.Json.Nodes;
using Nats.Consumer.Templates.Definitions;

namespace Nats.Consumer.Templates.Packing;

/// <summary>What is wrong with a package of templates.</summary>
internal static class PackageChecks
{
    /// <param name="package">The package.</param>
    /// <param name="version">Its version, which scaffolds are to reference.</param>
    public static IEnumerable<string> Problems(ZipArchive package, string version)
    {
        var packed = package.Entries.Where(entry => entry.FullName.StartsWith("content/", StringComparison.Ordinal)).ToDictionary(entry => entry.FullName["content/".Length..]);
        string[] written = [.. Directory.EnumerateDirectories(TemplateDefinition.Folder, "nats-*").SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(TemplateDefinition.Folder, file).Replace('\\', '/'))];
        foreach (string lost in written.Where(file => !packed.ContainsKey(file)))
            yield return $"{lost} is not in the package.";
        foreach (string foreign in packed.Keys.Except(written))
            yield return $"{foreign} is in the package and not in the repository.";
        foreach (string file in written.Where(packed.ContainsKey))
        {
            string text = Read(packed[file]);
            string expected = File.ReadAllText(Path.Combine(TemplateDefinition.Folder, file)).Replace("0.0.0-dev", version, StringComparison.Ordinal);
            if (text != expected)
                yield return $"{file} is not what is written, with the version of the package.";
            if (file.EndsWith(".json", StringComparison.Ordinal) && !file.Contains("appsettings", StringComparison.Ordinal) && JsonNode.Parse(text) is null)
                yield return $"{file} is empty.";
        }
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
