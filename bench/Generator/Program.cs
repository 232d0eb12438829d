using Nats.Consumer.GeneratorBench;

Console.WriteLine("Seconds of CPU (user and system, medians) of the SDK's compiler, cold, without rules:");
Console.WriteLine();
Console.WriteLine("| handlers | without the generator | with it | difference | of that, as the compiler reports it |");
Console.WriteLine("|---:|---:|---:|---:|---:|");
foreach (int handlers in (int[])[100, 1000])
    ColdBuild.Run(handlers, rounds: 7);

Console.WriteLine();
Console.WriteLine("Milliseconds of CPU of the generator after an edit, binding included:");
Console.WriteLine();
Console.WriteLine("| handlers | edit | median | most |");
Console.WriteLine("|---:|---|---:|---:|");
foreach (int handlers in (int[])[100, 1000, 10000])
    Edits.Run(handlers, rounds: 20);
