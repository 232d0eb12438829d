using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nats.Consumer.GeneratorBench;

/// <summary>Compiles the corpus with the SDK's compiler, each time in a process of its own, without anything, with the generator, and with the rules as well.</summary>
internal static partial class ColdBuild
{
    public static void Run(int handlers, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("nats-generator-bench").FullName;
        try
        {
            WriteResponseFiles(folder, handlers);
            Compile(folder, "with.rsp"); // warms the file cache
            var without = new List<double>();
            var with = new List<double>();
            var all = new List<double>();
            var reported = new List<double>();
            var rules = new List<double>();
            for (int i = 0; i < rounds; i++)
            {
                without.Add(Compile(folder, "without.rsp").Cpu);
                var (cpu, output) = Compile(folder, "with.rsp");
                with.Add(cpu);
                reported.Add(double.Parse(Generator().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
                (cpu, output) = Compile(folder, "all.rsp");
                all.Add(cpu);
                rules.Add(double.Parse(Rules().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {handlers:N0} | {Median([.. without]):0.00} | {Median([.. with]):0.00} | {Median([.. with.Zip(without, (a, b) => a - b)]):0.00} | {Median(reported):0.00} | {Median([.. all]):0.00} | {Median([.. all.Zip(with, (a, b) => a - b)]):0.00} | {Median(rules):0.00} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteResponseFiles(string folder, int handlers)
    {
        string bin = AppContext.BaseDirectory;
        string none = Path.Combine(folder, "none.globalconfig");
        File.WriteAllText(none, "is_global = true\n" + string.Join('\n', RuleIds().Select(id => $"dotnet_diagnostic.{id}.severity = none")) + "\n");
        List<string> arguments =
        [
            "/noconfig", "/nostdlib+", "/target:library", "/nullable:enable", "/langversion:latest", "/optimize+", "/debug:portable", "/deterministic+", "/nologo", "/nowarn:CS1591", "/reportanalyzer",
            $"/out:{Path.Combine(folder, "corpus.dll")}", .. File.ReadAllLines(Path.Combine(bin, "references.txt")).Select(path => $"/reference:\"{path}\""),
        ];
        int number = 0;
        foreach (string text in Corpus.Files(handlers))
        {
            string path = Path.Combine(folder, $"{number++}.cs");
            File.WriteAllText(path, text);
            arguments.Add($"\"{path}\"");
        }

        File.WriteAllLines(Path.Combine(folder, "without.rsp"), arguments);
        string[] analyzer = [.. arguments, $"/analyzer:\"{Path.Combine(bin, "Nats.Consumer.Analyzers.dll")}\""];
        File.WriteAllLines(Path.Combine(folder, "with.rsp"), [.. analyzer, $"/analyzerconfig:\"{none}\""]);
        File.WriteAllLines(Path.Combine(folder, "all.rsp"), analyzer);
    }

    private static IEnumerable<string> RuleIds() => typeof(Analyzers.Generator.HandlerTableGenerator).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)))
        .SelectMany(type => ((Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
        .Select(rule => rule.Id)
        .Distinct();

    /// <summary>User and system time, as the shell counts that of its children.</summary>
    private static (double Cpu, string Output) Compile(string folder, string responseFile)
    {
        string compiler = Path.Combine(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "compiler.txt")).Trim(), "bincore", "csc.dll");
        var start = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='cpu %U %S'; time dotnet exec '{compiler}' @{responseFile}"])
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
        return (double.Parse(cpu.Groups[1].Value, CultureInfo.InvariantCulture) + double.Parse(cpu.Groups[2].Value, CultureInfo.InvariantCulture), output);
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    [GeneratedRegex("cpu ([0-9.]+) ([0-9.]+)")]
    private static partial Regex CpuTime();

    [GeneratedRegex("([0-9.]+) +[0-9<]+ +Nats.Consumer.Analyzers.Generator.HandlerTableGenerator")]
    private static partial Regex Generator();

    [GeneratedRegex("([0-9.]+) +[0-9<]+ +Nats.Consumer.Analyzers, Version")]
    private static partial Regex Rules();
}
