using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

internal static class CompilationExtensions
{
    private static readonly string[] Frameworks = ["xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core"];

    /// <summary>Whether it holds tests: classes that stand next to each other and never run together, with settings made for haste.</summary>
    public static bool IsTestProject(this Compilation compilation) => compilation.ReferencedAssemblyNames.Any(name => Frameworks.Contains(name.Name));
}
