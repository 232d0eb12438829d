using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Refactorings;

/// <summary>The handler classes of a consumer: those that it names, or all of the project.</summary>
internal static class ConsumersHandlers
{
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol consumer, Compilation compilation, CancellationToken cancellationToken)
    {
        var stated = Stated(consumer, compilation, cancellationToken).ToList();
        return stated.Count > 0 ? stated : Classes(compilation.Assembly.GlobalNamespace).Where(type => !type.IsAbstract && !type.IsGenericType);
    }

    private static IEnumerable<INamedTypeSymbol> Stated(INamedTypeSymbol consumer, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var reference in consumer.GetMembers("Handlers").SelectMany(member => member.DeclaringSyntaxReferences))
        {
            var model = compilation.GetSemanticModel(reference.SyntaxTree);
            foreach (var typeOf in reference.GetSyntax(cancellationToken).DescendantNodes().OfType<TypeOfExpressionSyntax>())
            {
                if (model.GetTypeInfo(typeOf.Type, cancellationToken).Type is INamedTypeSymbol type)
                    yield return type;
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Classes(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type)
                yield return type;
            foreach (var nested in Classes(member))
                yield return nested;
        }
    }
}
