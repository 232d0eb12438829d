using System.Globalization;
using System.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>A class of the old kind: what it lists, and the methods that it has.</summary>
internal sealed record RandomConvention(IReadOnlyList<string> Subjects, IReadOnlyList<string> Methods);

/// <summary>Classes of the old kind with all that people list: every separator and case, subjects that collide, wildcards, nonsense, methods that are missing, dead or spelled otherwise.</summary>
internal sealed class RandomConventions(int seed)
{
    private static readonly string[] Words = ["orders", "users", "user", "accounts", "created", "updated", "Created", "old", "profile", "picture", "v2", "async", "error", "a", "b", "2fa"];
    private static readonly string[] Odd = ["orders.*", "orders.>", ">", "orders..created", "orders.", ".created", "", "user:availed", "orders created", "cre*.a", "{id}", "a.{id}", "_orders.created", "a.b_", "$JS.EVENT.X"];

    private readonly Random _random = new(seed);

    public RandomConvention Next()
    {
        List<string> subjects = [.. Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Chance(10) ? Pick(Odd) : Subject())];
        List<string> methods = [];
        foreach (string subject in subjects.Concat(Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Subject())))
        {
            if (!Chance(7) && Spelled(Version1.MethodOf(subject)) is { } method && !methods.Contains(method))
                methods.Add(method);
        }
        return new RandomConvention(subjects, methods);
    }

    /// <summary>Subjects of messages: those that are listed, and others much like them.</summary>
    public IEnumerable<string> Probes(RandomConvention convention) =>
        convention.Subjects.Where(Version1.IsPossible).SelectMany(subject => (string[])[subject, subject.Replace('-', '.'), subject.ToLowerInvariant(), $"{subject}.more"]).Append(Subject()).Distinct();

    public static string Write(IEnumerable<RandomConvention> conventions)
    {
        var code = new StringBuilder();
        foreach (var (i, convention) in conventions.Index())
        {
            code.AppendLine(CultureInfo.InvariantCulture, $"public class C{i}() : ConventionHandler({string.Join(", ", convention.Subjects.Select(subject => $"\"{subject}\""))})\n{{");
            foreach (string method in convention.Methods)
                code.AppendLine(CultureInfo.InvariantCulture, $"    public Task {method}(MessageContext message) => Task.CompletedTask;");
            code.AppendLine("    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken ct) => throw new Exception();\n}\n");
        }
        return code.ToString();
    }

    private string Subject()
    {
        var subject = new StringBuilder(Pick(Words));
        for (int i = _random.Next(0, 4); i > 0; i--)
            subject.Append(Chance(3) ? Pick(["-", "_", ".", "."]) : ".").Append(Pick(Words));
        return subject.ToString();
    }

    /// <summary>As version 1 wants it, or as people write it in C#; null where no method can be called that.</summary>
    private string? Spelled(string method)
    {
        if (method.Any(c => !char.IsLetterOrDigit(c) && c != '_'))
            return null;
        string pascal = string.Concat(method.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return _random.Next(5) switch { 0 => pascal, 1 => $"{pascal}Async", 2 => $"H{method[1..]}", _ => method };
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(string[] of) => of[_random.Next(of.Length)];
}

/// <summary>Version 1, written once more and only for tests: its mapping, and its routing by exact text.</summary>
internal static class Version1
{
    public static string MethodOf(string subject)
    {
        string[] parts = subject.Replace('.', '_').Replace('-', '_').Split('_');
        return "handle_" + string.Join('_', parts.Length >= 2 ? parts[1..] : parts);
    }

    /// <summary>The method that is called; null for the fallback.</summary>
    public static string? Route(RandomConvention convention, string subject)
    {
        if (!convention.Subjects.Contains(subject) || subject.Contains('*', StringComparison.Ordinal) || subject.Contains('>', StringComparison.Ordinal))
            return null;
        string name = MethodOf(subject);
        if (convention.Methods.Contains(name))
            return name;
        // The spellings of C#: no underscores, any case, Async at the end; the router's own names are none.
        string plain = name.Replace("_", "", StringComparison.Ordinal);
        string[] spelled =
        [
            .. convention.Methods.Where(method => method is not ("Handle" or "HandleAsync" or "HandleErrorAsync" or "HandleMessageAsync")
                && (method.Replace("_", "", StringComparison.Ordinal).Equals(plain, StringComparison.OrdinalIgnoreCase)
                    || method.Replace("_", "", StringComparison.Ordinal).Equals(plain + "async", StringComparison.OrdinalIgnoreCase))),
        ];
        return spelled.Length switch { 0 => null, 1 => spelled[0], _ => "ambiguous" };
    }

    public static bool IsAmbiguous(RandomConvention convention) => convention.Subjects.Where(IsPossible).Any(subject => Route(convention, subject) == "ambiguous");

    /// <summary>Whether a message can have it.</summary>
    public static bool IsPossible(string subject) =>
        subject.Length > 0 && !subject.Contains(' ', StringComparison.Ordinal) && !subject.Contains('*', StringComparison.Ordinal) && !subject.Contains('>', StringComparison.Ordinal) && !subject.Contains('{', StringComparison.Ordinal)
        && subject.Split('.').All(token => token.Length > 0);
}
