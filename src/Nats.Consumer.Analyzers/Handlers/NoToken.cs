using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0305: calls that could be cancelled in a handler that takes no token. Said once for each method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoToken() : NatsAnalyzer(Descriptors.NATS0305_NoToken)
{
    /// <summary>A property of the finding: the parameter can be added.</summary>
    public const string CanAdd = nameof(CanAdd);

    private const string Name = "cancellationToken";

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => HandlerBodies.Register(context, symbols, method => method.OverriddenMethod is null && TokenNotPassed.TokenOf(method, symbols) is null, (block, method, operations) =>
    {
        if (operations.OfType<IInvocationOperation>().FirstOrDefault(call => !IsDiscarded(call) && CouldTakeToken(call, symbols)) is not { } call)
            return;
        var canAdd = CanBeAdded(method, block.CancellationToken);
        var properties = ImmutableDictionary<string, string?>.Empty;
        block.ReportDiagnostic(Diagnostic.Create(
            Descriptors.NATS0305_NoToken, method.Locations[0], canAdd ? properties.Add(CanAdd, "") : properties, call.TargetMethod.Name, method.Name));
    });

    /// <summary>Whether a parameter would break nobody and hide nothing: another cancellationToken may be a field, or a parameter of a primary constructor.</summary>
    public static bool CanBeAdded(IMethodSymbol method, CancellationToken cancellationToken) => !method.HasFixedSignature()
        && !method.Parameters.Any(parameter => parameter.IsParams || parameter.IsOptional || parameter.Name == Name)
        && method.ContainingType.GetMembers(Name).IsEmpty
        && !method.ContainingType.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Name == Name))
        && !method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other => HasOneMore(other, method))
        && !method.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantTokens()).Any(token => token.ValueText == Name && token.Parent is not IdentifierNameSyntax { Parent: NameColonSyntax });

    /// <summary><c>_ = Task.Run(…)</c>: what is let go on purpose shall not end with the handler.</summary>
    private static bool IsDiscarded(IInvocationOperation call)
    {
        IOperation value = call;
        while (value.Parent is IConversionOperation conversion)
            value = conversion;
        return value.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation };
    }

    private static bool CouldTakeToken(IInvocationOperation call, NatsSymbols symbols)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.Is(symbols.MessageContext))
            return false;
        if (call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.DefaultValue && argument.Parameter?.Type.Is(symbols.CancellationToken) == true))
            return true;
        return !method.Parameters.Any(parameter => parameter.Type.Is(symbols.CancellationToken))
            && method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(overload => AddsToken(overload, method.OriginalDefinition, symbols));
    }

    /// <summary>Whether an overload has the signature that the method would get.</summary>
    private static bool HasOneMore(IMethodSymbol overload, IMethodSymbol method) => overload.Parameters.Length == method.Parameters.Length + 1
        && overload.Parameters[method.Parameters.Length].Type.Name == nameof(CancellationToken)
        && method.Parameters.All(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, overload.Parameters[parameter.Ordinal].Type));

    private static bool AddsToken(IMethodSymbol overload, IMethodSymbol method, NatsSymbols symbols) =>
        overload.Parameters.Length == method.Parameters.Length + 1
        && overload.IsStatic == method.IsStatic
        && overload.Arity == method.Arity
        && overload.Parameters[overload.Parameters.Length - 1].Type.Is(symbols.CancellationToken)
        && method.Parameters.All(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, overload.OriginalDefinition.Parameters[parameter.Ordinal].Type));
}
