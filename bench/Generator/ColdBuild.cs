using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nats.Consumer.GeneratorBench;

/// <summary>
/// Compiles the corpus with the SDK's compiler, each time in a process of its own: bare, with the generator, with the rules as well; and with the analyzer that looks at
/// nothing in place of the rules, and beside them.
/// </summary>
internal static partial class ColdBuild
{
    private static readonly string[] Variants = ["bare", "generator", "empty", "rules", "both"];

    public static void Run(int handlers, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("nats-generator-bench").FullName;
        try
        {
            WriteResponseFiles(folder, handlers);
            Compile(folder, "rules"); // warms the file cache
            var cpu = Variants.ToDictionary(variant => variant, _ => new List<double>());
            var reported = new Dictionary<string, List<double>>();
            for (int i = 0; i < rounds; i++)
            {
                foreach (string variant in Variants)
                {
                    (double seconds, string output) = Compile(folder, variant);
                    cpu[variant].Add(seconds);
                    foreach (Match line in variant == "both" ? Reported().Matches(output).AsEnumerable() : [])
                        (reported.TryGetValue(line.Groups[2].Value, out List<double>? times) ? times : reported[line.Groups[2].Value] = []).Add(Number(line.Groups[1].Value));
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seconds of CPU (user and system, medians of {rounds}) of the SDK's compiler, cold, {handlers:N0} handlers: {Median(cpu["bare"]):0.00} s bare.\n"));
            Console.WriteLine("| added | s |\n|---|---:|");
            Added("the generator, and its files compiled", "generator", "bare");
            Added("rules that look at nothing", "empty", "generator");
            Added("the rules", "rules", "generator");
            Added("the rules beside rules that look at nothing", "both", "empty");
            Console.WriteLine("\nElapsed seconds, as the compiler reports them (0.001 where it says less), beside the one that looks at nothing:\n\n| | s |\n|---|---:|");
            foreach ((string name, List<double> times) in reported.OrderByDescending(pair => Median(pair.Value)))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(times):0.000} |"));
            Console.WriteLine();

            void Added(string what, string variant, string baseline) => Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {what} | {Median([.. cpu[variant].Zip(cpu[baseline], (a, b) => a - b)]):0.00} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the corpus and a response file for each variant.</summary>
    public static void WriteResponseFiles(string folder, int handlers)
    {
        string bin = AppContext.BaseDirectory;
        string none = Path.Combine(folder, "none.globalconfig");
        File.WriteAllText(none, "is_global = true\n" + string.Join('\n', RuleIds().Select(id => $"dotnet_diagnostic.{id}.severity = none")) + "\n");
        List<string> bare =
        [
            "/noconfig", "/nostdlib+", "/target:library", "/nullable:enable", "/langversion:latest", "/optimize+", "/debug:portable", "/deterministic+", "/nologo", "/nowarn:CS1591", "/reportanalyzer",
            $"/out:{Path.Combine(folder, "corpus.dll")}", .. File.ReadAllLines(Path.Combine(bin, "references.txt")).Select(path => $"/reference:\"{path}\""),
        ];
        int number = 0;
        foreach (string text in Corpus.Files(handlers))
        {
            string path = Path.Combine(folder, $"{number++}.cs");
            File.WriteAllText(path, text);
            bare.Add($"\"{path}\"");
        }

        string ours = $"/analyzer:\"{Path.Combine(bin, "Nats.Consumer.Analyzers.dll")}\"", empty = $"/analyzer:\"{typeof(EmptyAnalyzer).Assembly.Location}\"";
        File.WriteAllLines(Path.Combine(folder, "bare.rsp"), bare);
        File.WriteAllLines(Path.Combine(folder, "generator.rsp"), [.. bare, ours, $"/analyzerconfig:\"{none}\""]);
        File.WriteAllLines(Path.Combine(folder, "empty.rsp"), [.. bare, ours, $"/analyzerconfig:\"{none}\"", empty]);
        File.WriteAllLines(Path.Combine(folder, "rules.rsp"), [.. bare, ours]);
        File.WriteAllLines(Path.Combine(folder, "both.rsp"), [.. bare, ours, empty]);
    }

    private static IEnumerable<string> RuleIds() => typeof(Analyzers.Generator.HandlerTableGenerator).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)))
        .SelectMany(type => ((Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
        .Select(rule => rule.Id)
        .Distinct();

    /// <summary>User and system time, as the shell counts that of its children.</summary>
    private static (double Cpu, string Output) Compile(string folder, string variant)
    {
        string compiler = Path.Combine(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "compiler.txt")).Trim(), "bincore", "csc.dll");
        var start = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='cpu %U %S'; time dotnet exec '{compiler}' @{variant}.rsp"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The corpus does not compile: {output}{errors.Result}");
        Match cpu = CpuTime().Match(errors.Result);
        return (Number(cpu.Groups[1].Value) + Number(cpu.Groups[2].Value), output);
    }

    public static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("cpu ([0-9.]+) ([0-9.]+)")]
    private static partial Regex CpuTime();

    [GeneratedRegex("^ *<?([0-9.]+) +<?[0-9]+ +((?:Nats|Generator)[^ (,]*(?:, Version)?)", RegexOptions.Multiline)]
    private static partial Regex Reported();
}
