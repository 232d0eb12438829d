using System.Globalization;
using Nats.Consumer.GeneratorBench;

OtherLoad.Begin();
int rounds = args.Contains("--quick") ? 3 : 7;
if (Array.IndexOf(args, "--write") is >= 0 and var write)
{
    ColdBuild.WriteResponseFiles(Directory.CreateDirectory(args[write + 1]).FullName, 1000);
    return;
}

if (IsAsked("cold"))
{
    foreach (int handlers in (int[])[100, 1000])
        ColdBuild.Run(handlers, rounds);
}

if (IsAsked("edits"))
{
    Console.WriteLine("Milliseconds of CPU of the generator after an edit, binding included:\n");
    Console.WriteLine("| handlers | edit | median | most |");
    Console.WriteLine("|---:|---|---:|---:|");
    foreach (int handlers in (int[])[100, 1000])
        Edits.Run(handlers, rounds: 20);
    Console.WriteLine();
}

if (IsAsked("patterns"))
{
    Console.WriteLine("Milliseconds of CPU for as many patterns in a handler, in a consumer and in a stream:\n");
    Console.WriteLine("| patterns | compiler | all rules |");
    Console.WriteLine("|---:|---:|---:|");
    foreach (int patterns in (int[])[1250, 2500, 5000, 10000])
        Patterns.Run(patterns, rounds: 3);
    Console.WriteLine();
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Other processes had {OtherLoad.SinceStart():P0} of the machine's time."));

bool IsAsked(string part) => Array.IndexOf(args, "--only") is var at && (at < 0 || args.Skip(at + 1).Contains(part));
