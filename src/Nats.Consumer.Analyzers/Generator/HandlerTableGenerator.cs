using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>
/// Writes the handlers and consumers of a project into a table, which the runtime uses instead of reflection: a file for each handler class, and one that lists them
/// all. An edit that changes nothing of what the table says of a class generates nothing anew.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HandlerTableGenerator : IIncrementalGenerator
{
    public const string ClassesStep = "Classes", AssemblyStep = "Assembly", ListStep = "List";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var assembly = context.CompilationProvider.Select(TableAssembly.Read).WithTrackingName(AssemblyStep);
        // Not by the attribute: a class inherits handlers, has only a fallback, or is a consumer.
        var classes = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => HandlerReader.IsCandidate(node),
                static (context, cancellationToken) => HandlerReader.Read(context.SemanticModel, context.Node, cancellationToken))
            .Where(static found => found is not null)
            .Select(static (found, _) => found!)
            .WithTrackingName(ClassesStep);

        var table = assembly.Select(static (found, _) => found?.Table);
        context.RegisterSourceOutput(
            classes.Where(static found => found is { Kind: TableClassKind.Handler, Unlisted: null }).Combine(table),
            static (context, pair) => Add(context, pair.Left.Identifier, pair.Right is { } name ? HandlerWriter.Write(pair.Left, name) : null));

        var list = classes.Select(static (found, _) => new ListedClass(found)).Collect().Select(Sort).WithTrackingName(ListStep);
        context.RegisterSourceOutput(
            list.Combine(assembly),
            static (context, pair) => Add(context, "HandlerTable", pair.Right is { } found ? TableWriter.Write(found, pair.Left) : null));
    }

    private static EquatableArray<ListedClass> Sort(ImmutableArray<ListedClass> classes, CancellationToken cancellationToken) =>
        classes.OrderBy(found => found.FullName, StringComparer.Ordinal).ToEquatableArray();

    private static void Add(SourceProductionContext context, string name, string? text)
    {
        if (text is not null)
            context.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
    }
}
