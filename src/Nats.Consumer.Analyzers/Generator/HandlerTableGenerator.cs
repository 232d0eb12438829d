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
    public const string ReadStep = "Read", ClassesStep = "Classes", ListStep = "List";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = context.CompilationProvider
            .Select(static (compilation, _) => new Declarations(compilation))
            .Select(static (declarations, cancellationToken) => declarations.Read(cancellationToken))
            .WithTrackingName(ReadStep);
        var hands = project.SelectMany(static (found, _) => found.Deal()).WithTrackingName(ClassesStep);
        context.RegisterSourceOutput(hands, static (context, hand) =>
        {
            foreach (var handler in hand.Classes.Where(found => found is { Kind: TableClassKind.Handler, Unlisted: null }))
                Add(context, handler.Identifier, HandlerWriter.Write(handler, hand.Table!));
        });
        var list = project.Select(static (found, _) => new TableList(found)).WithTrackingName(ListStep);
        context.RegisterSourceOutput(list, static (context, list) =>
        {
            if (list.Assembly is { } assembly)
                Add(context, "HandlerTable", TableWriter.Write(assembly, list.Classes));
        });
    }

    private static void Add(SourceProductionContext context, string name, string text) => context.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
}
