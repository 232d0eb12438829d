namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Projects of different kinds, and the handlers and consumers that are added to them.</summary>
internal sealed class ItemProjects
{
    private readonly Dictionary<string, (int ExitCode, string Output)> _results = [];

    public static string Hello => Workbench.FolderOf(Scenario.All[0]);

    /// <summary>The projects that are restored, and built in the end.</summary>
    public IReadOnlyList<string> Restored { get; } = [.. ((string[])["console", "library", "central/central-console"]).Select(folder => Path.Combine(Work, folder, Path.GetFileName(folder) + ".csproj"))];

    private static string Work => Path.Combine(Workbench.Root, "work");

    /// <summary>How <c>dotnet new</c> ended.</summary>
    public (int ExitCode, string Output) this[string item] => _results[item];

    public static void Write()
    {
        const string Console = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
            </Project>

            """;
        foreach (string project in (string[])["console/console", "central/central-console/central-console", "unrestored/unrestored"])
        {
            Workbench.Write($"work/{project}.csproj", Console);
            Workbench.Write($"work/{Path.GetDirectoryName(project)}/Program.cs", "System.Console.WriteLine();\n");
        }

        Workbench.Write("work/library/library.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RootNamespace>Acme.Library</RootNamespace>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>

            """);
        Workbench.Write("work/empty/nothing.txt", "");
    }

    /// <summary>Two at a time, and those of one project one after the other.</summary>
    public Task MakeAsync() => Task.WhenAll(
        InTurnAsync(
            () => AddAsync("root", Hello, "nats-handler", "--subject", "orders.shipped"),
            () => AddAsync("subfolder", Path.Combine(Hello, "Handlers", "Billing"), "nats-handler", "--subject", "orders.{orderId}.paid", "--payload", "Payment"),
            () => AddAsync("consumer", Hello, "nats-consumer", "--subject", "payments.>", "--consumer", "push", "--durable", "my payments"),
            () => AddAsync("consumer's handler", Path.Combine(Hello, "Handlers"), "nats-handler", "-n", "PaymentReceived", "--subject", "payments.received", "--payload", "Orders.Amount", "--namespace", "Elsewhere"),
            () => AddAsync("unrestored", Path.Combine(Work, "unrestored"), "nats-handler"),
            () => AddAsync("no project", Path.Combine(Work, "empty"), "nats-handler"),
            () => AddAsync("twice", Hello, "nats-handler", "--subject", "orders.shipped"),
            () => AddAsync("typo", Hello, "nats-handlr"),
            () => AddAsync("wrong choice", Hello, "nats-worker", "--consumer", "pul")),
        InTurnAsync(
            () => AddAsync("console", Path.Combine(Work, "console"), "nats-handler"),
            () => AddAsync("library", Path.Combine(Work, "library", "Inbound", "V2"), "nats-handler", "--subject", "stock.*", "--payload", "Stock"),
            () => AddAsync("central", Path.Combine(Work, "central", "central-console"), "nats-handler", "--subject", "a-b.c"),
            () => AddAsync("file", Path.Combine(Work, "file"), "nats-file", "--subject", "orders.>")));

    private static async Task InTurnAsync(params Func<Task>[] steps)
    {
        foreach (Func<Task> step in steps)
            await step();
    }

    private async Task AddAsync(string item, string folder, params string[] arguments)
    {
        Directory.CreateDirectory(folder);
        if (item == "consumer's handler")
            await File.WriteAllTextAsync(Path.Combine(folder, "Amount.cs"), "namespace Orders;\n\npublic sealed record Amount(decimal Value);\n");
        (int ExitCode, string Output) result = await Workbench.NewAsync(folder, [.. arguments, "--no-update-check"]);
        lock (_results)
            _results[item] = result;
    }
}
