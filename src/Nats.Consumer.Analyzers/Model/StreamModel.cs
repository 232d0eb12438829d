using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>A <c>new StreamConfig("name") { … }</c>, or a <c>with</c>, of which nothing is known.</summary>
/// <param name="Name">The constant name; null if it is not known.</param>
/// <param name="Subjects">What it captures; null when that is left out, not all constant, or not all there is: a mirror or a stream with sources has other subjects as well.</param>
/// <param name="Location">The creation.</param>
internal sealed record StreamModel(string? Name, ImmutableArray<StatedPattern>? Subjects, Location Location)
{
    private static readonly string[] OtherSources = ["Mirror", "Sources", "SubjectTransform"];

    /// <summary>The consumer whose <c>Setup()</c> makes it in any case; null elsewhere.</summary>
    public INamedTypeSymbol? SetUpBy { get; init; }

    /// <summary>Whether it is made in any case: by a <c>Setup()</c>, or as the value of a field or a property. What a method makes may depend on who calls it.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Of an ObjectCreation or a With.</summary>
    public static StreamModel? Read(IOperation operation, ISymbol containingSymbol, NatsSymbols symbols)
    {
        if (!operation.Type.Is(symbols.StreamConfig))
            return null;
        if (operation is IWithOperation with)
            return new StreamModel(null, null, operation.Syntax.GetLocation()) { SetUpBy = symbols.IsSetup(containingSymbol) && Renames(with) ? containingSymbol.ContainingType : null };
        if (operation is not IObjectCreationOperation { Arguments.Length: 1, Parent: not IWithOperation } creation || creation.Arguments[0].Value.ConstantValue.Value is not string name)
            return new StreamModel(null, null, operation.Syntax.GetLocation());
        var isSetup = symbols.IsSetup(containingSymbol);
        var isUnconditional = IsUnconditional(creation);
        return new StreamModel(name, SubjectsOf(creation), creation.Syntax.GetLocation())
        {
            SetUpBy = isSetup && isUnconditional ? containingSymbol.ContainingType : null,
            IsCertain = isUnconditional && (isSetup || containingSymbol is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.PropertyGet }),
        };
    }

    private static ImmutableArray<StatedPattern>? SubjectsOf(IObjectCreationOperation creation)
    {
        var assignments = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().ToList() ?? [];
        if (assignments.Any(assignment => OtherSources.Contains(PropertyOf(assignment))))
            return null;
        var subjects = assignments.FirstOrDefault(assignment => PropertyOf(assignment) == "Subjects")?.Value;
        return subjects is not null && Constants.TryPatterns(subjects, out var patterns) ? patterns : null;
    }

    /// <summary>Whether it makes another stream of one, or of other subjects.</summary>
    private static bool Renames(IWithOperation with) => with.Initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment => PropertyOf(assignment) is "Name" or "Subjects");

    private static string? PropertyOf(ISimpleAssignmentOperation assignment) => (assignment.Target as IPropertyReferenceOperation)?.Property.Name;

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
