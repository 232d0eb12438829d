using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nats.Consumer.CommandLine;

/// <summary>Where a verb prints, and asks: lines and tables for people, coloured only on a terminal, or JSON for machines.</summary>
internal sealed class Screen(TextWriter output, TextWriter error, TextReader? keyboard, bool isJson)
{
    private static readonly bool HasColours =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    private bool _hasProgress;

    public bool IsJson => isJson;

    public void Line(string text = "") => output.WriteLine(text);

    public void Error(string text)
    {
        EndProgress();
        error.WriteLine(text);
    }

    /// <summary>Green, yellow and red, for what is well, worth a look, and wrong.</summary>
    public static string Good(string text) => Colour(text, 32);

    public static string Doubtful(string text) => Colour(text, 33);

    public static string Bad(string text) => Colour(text, 31);

    public static string Strong(string text) => Colour(text, 1);

    public void Json(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(writer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Columns as wide as what is in them; the last one is not padded.</summary>
    public void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. headers.Select((header, i) => rows.Select(row => row[i].Length).Append(header.Length).Max())];
        Line(Strong(Row(headers, widths)));
        foreach (IReadOnlyList<string> row in rows)
            Line(Row(row, widths));
    }

    /// <summary>How far something is, on a terminal in place.</summary>
    public void Progress(string text)
    {
        if (Console.IsErrorRedirected)
            return;
        error.Write($"\r{text}\e[K");
        _hasProgress = true;
    }

    public void EndProgress()
    {
        if (_hasProgress)
            error.Write("\r\e[K");
        _hasProgress = false;
    }

    /// <summary>Asks a question. Without a terminal nobody could answer it.</summary>
    public bool Confirm(string question, string option)
    {
        if (keyboard is null)
        {
            Error($"{question} There is no terminal to ask on. Give {option} to do it without being asked.");
            return false;
        }

        error.Write($"{question} [y/N] ");
        bool confirmed = keyboard.ReadLine()?.Trim() is "y" or "Y" or "yes";
        if (!confirmed)
            Error("Nothing was done.");
        return confirmed;
    }

    private static string Row(IReadOnlyList<string> cells, int[] widths) => string.Concat(cells.Select((cell, i) => i == cells.Count - 1 ? cell : cell.PadRight(widths[i] + 2))).TrimEnd();

    private static string Colour(string text, int code) => HasColours ? $"\e[{code}m{text}\e[0m" : text;
}
