using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>All that the package has in it, found as the compiler finds it.</summary>
internal static class Shipped
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. InstancesOf<DiagnosticAnalyzer>(typeof(NatsAnalyzer))];
    public static readonly ImmutableArray<CodeFixProvider> Fixes =
        [.. InstancesOf<CodeFixProvider>(typeof(NatsCodeFix)).Where(fix => Attribute.IsDefined(fix.GetType(), typeof(ExportCodeFixProviderAttribute)))];

    public static IReadOnlyList<DiagnosticDescriptor> Rules => [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)];

    private static IEnumerable<T> InstancesOf<T>(Type assemblyOf) =>
        assemblyOf.Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!);
}
