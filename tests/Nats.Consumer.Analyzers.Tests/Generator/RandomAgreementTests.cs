extern alias runtime;

using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using runtime::Nats.Consumer;
using runtime::Nats.Consumer.Generated;
using runtime::Nats.Consumer.Handling;
using runtime::Nats.Consumer.Routing;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Of whatever classes, the table and reflection find the same, say the same, and call the same.</summary>
public class RandomAgreementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Category", "Long"])]
    [InlineData(3, Traits = ["Category", "Long"])]
    public async Task Table_AgreesWithReflection(int seed)
    {
        var generation = Generation.Of(new RandomHandlers(seed).Write(classes: 60));
        generation.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || !generation.Input.ContainsSyntaxTree(diagnostic.Location.SourceTree)).ShouldBeEmpty();
        using var image = new MemoryStream();
        generation.Output.Emit(image).Success.ShouldBeTrue();
        image.Position = 0;
        var context = new AssemblyLoadContext($"seed {seed}", isCollectible: true);
        var assembly = context.LoadFromStream(image);

        var finder = new HandlerFinder();
        finder.AddAssembly(assembly);
        var table = new HandlerCatalog(finder);
        var reflection = new ReflectionCatalog([assembly]);
        table.HandlerTypes.ShouldBe(reflection.HandlerTypes);
        table.HandlerTypes.Count.ShouldBeGreaterThan(60);
        var log = (List<string>)assembly.GetType("Log")!.GetProperty("Lines")!.GetValue(null)!;
        int legal = 0;
        foreach (var type in table.HandlerTypes)
        {
            var fromTable = await DescribeAsync(() => table.Describe(type), log);
            fromTable.ShouldBe(await DescribeAsync(() => reflection.Describe(type), log), $"seed {seed}, {type}");
            legal += fromTable.StartsWith("refused", StringComparison.Ordinal) ? 0 : 1;
        }

        legal.ShouldBeInRange(10, table.HandlerTypes.Count - 10); // so both kinds are there
        generation.Text.ShouldContain("UnsafeAccessor(");
        generation.Table.ShouldContain("AddByReflection");
        context.Unload();
    }

    private static async Task<string> DescribeAsync(Func<HandlerClass> describe, List<string> log)
    {
        HandlerClass handler;
        try
        {
            handler = describe();
        }
        catch (ConsumerConfigurationException e)
        {
            return $"refused: {e.Message}";
        }

        var lines = new List<string> { $"fallback {handler.OverridesFallback}" };
        foreach (var route in handler.Routes.Routes)
            lines.Add($"{route.Pattern.Text} {route.Method.DisplayName} ({string.Join(", ", route.Method.TokenParameters)}) {route.Method.Payload} {await CallAsync(handler, route, log)}");
        return string.Join('\n', lines);
    }

    private static async Task<string> CallAsync(HandlerClass handler, Route route, List<string> log)
    {
        log.Clear();
        try
        {
            var instance = (ConsumerHandler)Activator.CreateInstance(handler.Type, nonPublic: true)!;
            if (route.Method.InvokeBatch is { } invokeBatch)
                await invokeBatch(instance, new HandlerBatch([default]), CancellationToken.None);
            else
                await route.Method.Invoke(instance, default, route, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.Add($"{e.GetType().Name} {e.Message}"); // there is no message to read a payload or a token from, and no task comes back
        }

        return string.Join("; ", log);
    }
}
