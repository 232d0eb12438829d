using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What the table says beyond the classes of its assembly.</summary>
/// <param name="Table">The name of the table's class.</param>
/// <param name="Includes">The tables of referenced assemblies.</param>
/// <param name="Loads">Referenced assemblies that have handlers or consumers, and no table that can be named.</param>
internal sealed record TableAssembly(string Table, EquatableArray<string> Includes, EquatableArray<string> Loads)
{
    public const string Namespace = "Nats.Consumer.Generated";

    private const string NoHandlers = nameof(NoHandlers);

    /// <summary>Null where no table can be generated: there is an older runtime, or the language has no generic attributes.</summary>
    public static TableAssembly? Read(Compilation compilation, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        if (compilation is not CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 })
            return null;
        var names = new Nameability(compilation);
        var runtime = symbols.Handle.ContainingAssembly;
        if (runtime.Is(compilation.Assembly) || runtime.GetTypeByMetadataName($"{Namespace}.HandlerTable") is null || names.IsAliased(runtime))
            return null;

        var includes = new List<string>();
        var loads = new List<string>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(assembly => References(assembly, runtime)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TableOf(assembly) is not { } table)
            {
                if (HasClasses(assembly.GlobalNamespace, symbols))
                    loads.Add(assembly.Name);
            }
            else if (table.Name != NoHandlers)
            {
                if (names.IsAliased(assembly))
                    loads.Add(assembly.Name);
                else
                    includes.Add(TypeTexts.ForCode(table));
            }
        }
        includes.Sort(StringComparer.Ordinal);
        loads.Sort(StringComparer.Ordinal);
        return new TableAssembly($"HandlerTable_{Identifiers.Of(compilation.Assembly.Name)}", includes.ToEquatableArray(), loads.ToEquatableArray());
    }

    /// <summary>The table that an assembly says it has.</summary>
    public static INamedTypeSymbol? TableOf(IAssemblySymbol assembly) => Attributes(assembly, "HandlerTableAttribute")
        .Select(attribute => attribute.AttributeClass!.TypeArguments.FirstOrDefault() as INamedTypeSymbol)
        .FirstOrDefault();

    public static bool HidesHandlers(INamedTypeSymbol type) => Attributes(type.ContainingAssembly, "HiddenHandlersAttribute")
        .Any(attribute => attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol hiding && hiding.OriginalDefinition.Is(type.OriginalDefinition));

    private static IEnumerable<AttributeData> Attributes(IAssemblySymbol assembly, string name) =>
        assembly.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == Namespace);

    private static bool References(IAssemblySymbol assembly, IAssemblySymbol runtime) =>
        assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == runtime.Name));

    private static bool HasClasses(INamespaceOrTypeSymbol container, NatsSymbols symbols)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } type && (symbols.IsHandlerClass(type) || symbols.IsConsumerClass(type)))
                return true;
            if (member is INamespaceOrTypeSymbol inner && HasClasses(inner, symbols))
                return true;
        }
        return false;
    }
}
