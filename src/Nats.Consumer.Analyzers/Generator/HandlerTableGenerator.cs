using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>
/// Writes the handlers and consumers of a project into a table, which the runtime uses instead of reflection: a file for each handler class, and one that lists them
/// all. An edit of a body reads nothing again; one that changes nothing of what the table says of a class generates nothing anew.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HandlerTableGenerator : IIncrementalGenerator
{
    public const string ReadStep = "Read", ClassesStep = "Classes", AssemblyStep = "Assembly", ListStep = "List";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = context.CompilationProvider
            .Select(static (compilation, _) => new Declarations(compilation))
            .Select(static (declarations, cancellationToken) => declarations.Read(cancellationToken))
            .WithTrackingName(ReadStep);
        var assembly = project.Select(static (found, _) => found.Assembly).WithTrackingName(AssemblyStep);
        var table = assembly.Select(static (found, _) => found?.Table);
        var classes = project.SelectMany(static (found, _) => found.Deal()).WithTrackingName(ClassesStep);
        context.RegisterSourceOutput(classes.Combine(table), static (context, pair) =>
        {
            foreach (var handler in pair.Left.Where(found => found is { Kind: TableClassKind.Handler, Unlisted: null }))
                Add(context, handler.Identifier, HandlerWriter.Write(handler, pair.Right!));
        });

        var list = project.Select(static (found, _) => found.Classes.Select(one => new ListedClass(one)).ToEquatableArray()).WithTrackingName(ListStep);
        context.RegisterSourceOutput(list.Combine(assembly), static (context, pair) =>
        {
            if (pair.Right is { } found)
                Add(context, "HandlerTable", TableWriter.Write(found, pair.Left));
        });
    }

    private static void Add(SourceProductionContext context, string name, string text) => context.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
}
