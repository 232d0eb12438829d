using Nats.Consumer.GeneratorBench;

int rounds = args.Contains("--quick") ? 3 : 7;
Console.WriteLine("Seconds of CPU (user and system, medians) of the SDK's compiler, cold:");
Console.WriteLine();
Console.WriteLine("| handlers | bare | with the generator | difference | as the compiler reports it | and with the rules | difference | as the compiler reports it |");
Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
foreach (int handlers in (int[])[100, 1000])
    ColdBuild.Run(handlers, rounds);

Console.WriteLine();
Console.WriteLine("Milliseconds of CPU of the generator after an edit, binding included:");
Console.WriteLine();
Console.WriteLine("| handlers | edit | median | most |");
Console.WriteLine("|---:|---|---:|---:|");
foreach (int handlers in (int[])[100, 1000])
    Edits.Run(handlers, rounds: 20);

Console.WriteLine();
Console.WriteLine("Milliseconds of CPU for as many patterns in a handler, in a consumer and in a stream:");
Console.WriteLine();
Console.WriteLine("| patterns | compiler | all rules |");
Console.WriteLine("|---:|---:|---:|");
foreach (int patterns in (int[])[1250, 2500, 5000, 10000])
    Patterns.Run(patterns, rounds: 3);
