using System.Text;
using System.Text.RegularExpressions;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>Every command of docs/command-line.md, run one after the other as a process, piped, on one server: what is printed and the exit code are what the document shows.</summary>
[Trait("Category", "Slow")]
public sealed partial class CommandLineTests
{
    private const string Prompt = "$ orders ";

    [Fact]
    public async Task Document_EachCommand_PrintsWhatItShows()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        Assert.SkipWhen(server.Version < new Version(2, 10), "The document shows what a current server makes of it.");
        var differences = new StringBuilder();
        int count = 0;
        foreach ((string command, string[] shown) in Commands(File.ReadAllLines(Path.Combine(SnippetTests.Root, "docs/command-line.md"))))
        {
            count++;
            SampleResult result = await SampleProcess.RunAsync("Orders", server.Url, [.. Words(command)]);
            string[] printed = [.. Lines(result.Output), .. Lines(result.Error), .. result.ExitCode == 0 ? (string[])[] : [$"(exit code {result.ExitCode})"]];
            if (!Matches(shown, printed))
                differences.AppendLine($"$ {command}\nshows\n{string.Join('\n', shown)}\nand prints\n{string.Join('\n', printed)}\n");
        }

        differences.ToString().ShouldBeEmpty();
        count.ShouldBeGreaterThan(20);
    }

    // '…' stands for anything in a line, and alone for any lines.
    private static bool Matches(ReadOnlySpan<string> shown, ReadOnlySpan<string> printed)
    {
        if (shown.IsEmpty)
            return printed.IsEmpty;
        if (shown[0].Trim() == "…")
            return Matches(shown[1..], printed) || (!printed.IsEmpty && Matches(shown, printed[1..]));
        string pattern = Regex.Escape(Steady(shown[0])).Replace("…", ".*", StringComparison.Ordinal);
        return !printed.IsEmpty && Regex.IsMatch(Steady(printed[0]), $"^{pattern}$") && Matches(shown[1..], printed[1..]);
    }

    // Times and versions are others each time.
    private static string Steady(string line) => Versions().Replace(Times().Replace(line.TrimEnd(), "<time>"), "nats-server <version>");

    private static IEnumerable<(string Command, string[] Shown)> Commands(string[] document)
    {
        for (int i = 0; i < document.Length; i++)
        {
            if (!document[i].StartsWith(Prompt, StringComparison.Ordinal))
                continue;
            int end = i + 1;
            while (!document[end].StartsWith("```", StringComparison.Ordinal) && !document[end].StartsWith(Prompt, StringComparison.Ordinal))
                end++;
            yield return (document[i][Prompt.Length..], document[(i + 1)..end]);
        }
    }

    private static IEnumerable<string> Words(string command) => Word().Matches(command).Select(match => match.Value.Trim('\''));

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Times();

    [GeneratedRegex(@"nats-server \d+\.\d+\.\d+")]
    private static partial Regex Versions();
}
