namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Writes the list of all classes, and the attribute by which the runtime and other assemblies find it.</summary>
internal static class TableWriter
{
    private const string Generated = $"global::{TableAssembly.Namespace}";

    public static string Write(TableAssembly assembly, IReadOnlyList<ListedClass> classes)
    {
        var code = new SourceWriter();
        var isEmpty = assembly.Includes.Count + assembly.Loads.Count == 0 && classes.All(found => found.Kind == TableClassKind.Base);
        code.Line($"[assembly: {Generated}.HandlerTableAttribute<{Generated}.{(isEmpty ? "NoHandlers" : assembly.Table)}>]");
        foreach (var hiding in classes.Where(found => found.HidesHandlers))
            code.Line($"[assembly: {Generated}.HiddenHandlersAttribute({(hiding.Kind == TableClassKind.Base ? hiding.Type : $"typeof({hiding.Type})")})]");
        if (isEmpty)
            return code.ToString();

        code.Line()
            .Open($"namespace {TableAssembly.Namespace}")
            .Line("/// <summary>The handlers and consumers of this assembly.</summary>")
            .Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]")
            .Line("[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]")
            .Open($"public sealed partial class {assembly.Table} : {Generated}.HandlerTable")
            .Line("/// <inheritdoc/>")
            .Open($"public override void AddTo({Generated}.HandlerTableBuilder table)");
        foreach (var table in assembly.Includes)
            code.Line($"table.Include<{table}>();");
        foreach (var name in assembly.Loads)
            code.Line($"table.AddAssembly({SourceWriter.Literal(name)});");
        foreach (var found in classes.Where(found => found.Kind != TableClassKind.Base))
            code.Line(Add(found));
        return code.Close().Close().Close().ToString();
    }

    private static string Add(ListedClass found) => found switch
    {
        { Unlisted: { } why } => $"table.AddByReflection({SourceWriter.Literal(found.FullName)}, {SourceWriter.Literal(why)});",
        { Kind: TableClassKind.Consumer } => $"table.AddConsumer<{found.Type}>();",
        _ => $"{Identifiers.Of(found.FullName)}.AddTo(table);",
    };
}
