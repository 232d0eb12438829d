using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>A <c>new StreamConfig("name") { … }</c>.</summary>
/// <param name="Name">The constant name.</param>
/// <param name="Subjects">What it captures; null when that is left out or not all constant.</param>
/// <param name="Location">The creation.</param>
internal sealed record StreamModel(string Name, ImmutableArray<StatedPattern>? Subjects, Location Location)
{
    /// <summary>The consumer whose <c>Setup()</c> makes it in any case; null elsewhere.</summary>
    public INamedTypeSymbol? SetUpBy { get; init; }

    /// <summary>Whether it is made in any case: by a <c>Setup()</c>, or as the value of a field or a property. What a method makes may depend on who calls it.</summary>
    public bool IsCertain { get; init; }

    public static StreamModel? Read(IObjectCreationOperation creation, ISymbol containingSymbol, NatsSymbols symbols)
    {
        if (!creation.Type.Is(symbols.StreamConfig) || creation.Arguments.Length != 1 || creation.Arguments[0].Value.ConstantValue.Value is not string name)
            return null;
        var subjects = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "Subjects" })?.Value;
        var isSetup = symbols.IsSetup(containingSymbol);
        var isUnconditional = IsUnconditional(creation);
        return new StreamModel(name, subjects is not null && Constants.TryPatterns(subjects, out var patterns) ? patterns : null, creation.Syntax.GetLocation())
        {
            SetUpBy = isSetup && isUnconditional ? containingSymbol.ContainingType : null,
            IsCertain = isUnconditional && (isSetup || containingSymbol is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.PropertyGet }),
        };
    }

    private static bool IsUnconditional(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation or ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }
        return true;
    }
}
