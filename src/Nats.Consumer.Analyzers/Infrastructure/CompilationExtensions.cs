using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

internal static class CompilationExtensions
{
    private static readonly string[] Frameworks = ["xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core"];

    /// <summary>Whether it holds tests: classes that stand next to each other and never run together, with settings made for haste.</summary>
    public static bool IsTestProject(this Compilation compilation) => compilation.ReferencedAssemblyNames.Any(name => Frameworks.Contains(name.Name));

    /// <summary>
    /// A type by its full name: in the referenced assembly where it most likely is, or else anywhere. To look anywhere is to look in the sources first, and then the compiler parses all that generators have written.
    /// </summary>
    public static INamedTypeSymbol? FindType(this Compilation compilation, string? assembly, string name) =>
        compilation.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(reference => reference.Name == assembly)?.GetTypeByMetadataName(name) ?? compilation.GetTypeByMetadataName(name);
}
