extern alias runtime;

using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Analyzers.Generator;
using Nats.Consumer.Analyzers.Verification;
using runtime::Nats.Consumer;
using runtime::Nats.Consumer.Consuming;
using runtime::Nats.Consumer.Handling;

namespace Nats.Consumer.Analyzers.Agreement;

/// <summary>The rules report an error exactly where the runtime refuses to start: on handler classes and on consumers of every description.</summary>
[Collection(LongFirst.Collection + nameof(StartupAgreementTests))]
public class StartupAgreementTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12, Traits = ["Category", "Long"])]
    [InlineData(13, Traits = ["Category", "Long"])]
    [InlineData(14, Traits = ["Category", "Long"])]
    public async Task HandlerClasses_AreRefusedWhereThereIsAnError(int seed)
    {
        var (assembly, errors) = await CompileAsync(new RandomHandlers(seed).Write(classes: 100));
        var catalog = new ReflectionCatalog([assembly]);
        int refused = 0;
        foreach (var type in catalog.HandlerTypes)
        {
            string? why = Refusal(() => catalog.Describe(type));
            string[] found = [.. ErrorsOf(type, errors)];
            if (why is not null && !why.Contains("would never be called", StringComparison.Ordinal)) // an empty class is only an error where a consumer names it
            {
                found.ShouldNotBeEmpty($"seed {seed}: {type} is refused: {why}");
                refused++;
            }
            else
            {
                found.ShouldBeEmpty($"seed {seed}: {type} is accepted");
            }
        }

        catalog.HandlerTypes.Count.ShouldBeGreaterThan(100);
        refused.ShouldBeInRange(10, catalog.HandlerTypes.Count - 10);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22, Traits = ["Category", "Long"])]
    [InlineData(23, Traits = ["Category", "Long"])]
    public async Task Consumers_AreRefusedWhereThereIsAnError(int seed)
    {
        const int Count = 500;
        var (assembly, errors) = await CompileAsync(new RandomConsumers(seed).Write(Count));
        var catalog = new ReflectionCatalog([assembly]);
        int refused = 0;
        foreach (var type in catalog.ConsumerTypes)
        {
            var consumer = (JetStreamConsumer)Activator.CreateInstance(type)!;
            string? why = Refusal(() => ConsumerPlan.For(consumer, catalog, "app"));
            string[] found = [.. consumer.Handlers.Append(type).SelectMany(part => ErrorsOf(part, errors))];
            if (why is null)
                found.ShouldBeEmpty($"seed {seed}: {type} is accepted");
            else
                found.ShouldNotBeEmpty($"seed {seed}: {type} is refused: {why}");
            refused += why is null ? 0 : 1;
        }

        catalog.ConsumerTypes.Count.ShouldBe(Count);
        refused.ShouldBeInRange(Count / 5, Count * 4 / 5);
    }

    private static async Task<(System.Reflection.Assembly Assembly, ILookup<string, string> Errors)> CompileAsync(string source)
    {
        var project = TestProject.Create([source], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var found = (await project.AnalyzeAsync(Shipped.Analyzers)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        using var image = new MemoryStream();
        (await project.GetCompilationAsync())!.Emit(image).Success.ShouldBeTrue();
        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return (assembly, found.ToLookup(TypeAt, diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage()}"));
    }

    /// <summary>Of the class itself and of what it inherits from.</summary>
    private static IEnumerable<string> ErrorsOf(Type type, ILookup<string, string> errors)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (string error in errors[current.Name])
                yield return error;
        }
    }

    /// <summary>As reflection names it: with the number of its type parameters.</summary>
    private static string TypeAt(Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        var type = node.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        return type.TypeParameterList is { Parameters.Count: var count } ? $"{type.Identifier.ValueText}`{count}" : type.Identifier.ValueText;
    }

    private static string? Refusal(Action check) => Record.Exception(check) switch
    {
        null => null,
        ConsumerConfigurationException refused => refused.Message,
        var other => throw new InvalidOperationException("Refused in a way of its own.", other),
    };
}
