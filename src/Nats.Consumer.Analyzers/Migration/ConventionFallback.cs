using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>A fallback that takes its reason as a text, and what becomes of it when the reason is a FallbackReason.</summary>
/// <param name="Reason">The parameter.</param>
/// <param name="Constants">The texts that become <c>FallbackReason.NoHandler</c>.</param>
/// <param name="Obstacles">What cannot be rewritten.</param>
internal sealed record ConventionFallback(ParameterSyntax Reason, IReadOnlyList<ExpressionSyntax> Constants, IReadOnlyList<Obstacle> Obstacles)
{
    public const string Unhandled = "unhandled_subject";

    public bool Distinguishes => Constants.Count > 0;

    public static ConventionFallback? Read(INamedTypeSymbol type, Func<SyntaxTree, SemanticModel?> modelOf, CancellationToken cancellationToken)
    {
        var method = type.GetMembers("FallbackAsync").OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride && method.Parameters.Length == 3 && method.Parameters[1].Type.SpecialType == SpecialType.System_String);
        return method?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax declaration && modelOf(declaration.SyntaxTree) is { } model
            ? Read(declaration, model, cancellationToken)
            : null;
    }

    private static ConventionFallback Read(MethodDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        var parameter = declaration.ParameterList.Parameters[1];
        var symbol = model.GetDeclaredSymbol(parameter, cancellationToken);
        var constants = new List<ExpressionSyntax>();
        var obstacles = new List<Obstacle>();
        foreach (var use in declaration.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameter.Identifier.ValueText))
        {
            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellationToken).Symbol, symbol))
                continue;
            if (Compared(use) is not { } compared)
            {
                if (!IsShown(use, model, cancellationToken))
                    obstacles.Add(new Obstacle(use.GetLocation(), "the reason of its fallback is used as a text. Use it as a FallbackReason."));
                continue;
            }
            foreach (var constant in compared)
            {
                if (model.GetConstantValue(constant, cancellationToken).Value is not string text)
                    obstacles.Add(new Obstacle(constant.GetLocation(), "the reason of its fallback is compared with something that is not constant."));
                else if (text == Unhandled)
                    constants.Add(constant);
                else
                    obstacles.Add(new Obstacle(constant.GetLocation(), $"with [Handle] no message comes to the fallback as '{text}'. Delete this branch."));
            }
        }
        return new ConventionFallback(parameter, constants, obstacles);
    }

    /// <summary>What the reason is compared with; null if it is not compared.</summary>
    private static IEnumerable<ExpressionSyntax>? Compared(IdentifierNameSyntax use) => use.Parent switch
    {
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.EqualsExpression) || binary.IsKind(SyntaxKind.NotEqualsExpression) => [binary.Left == use ? binary.Right : binary.Left],
        IsPatternExpressionSyntax test => test.Pattern.DescendantNodesAndSelf().OfType<ConstantPatternSyntax>().Select(pattern => pattern.Expression),
        SwitchStatementSyntax statement when statement.Expression == use => statement.Sections.SelectMany(section => section.Labels).SelectMany(label => label switch
        {
            CaseSwitchLabelSyntax one => [one.Value],
            CasePatternSwitchLabelSyntax pattern => pattern.Pattern.DescendantNodesAndSelf().OfType<ConstantPatternSyntax>().Select(constant => constant.Expression),
            _ => (IEnumerable<ExpressionSyntax>)[],
        }),
        SwitchExpressionSyntax expression when expression.GoverningExpression == use =>
            expression.Arms.SelectMany(arm => arm.Pattern.DescendantNodesAndSelf().OfType<ConstantPatternSyntax>()).Select(pattern => pattern.Expression),
        _ => null,
    };

    /// <summary>Whether any value would do, as in an interpolation or an argument of a log.</summary>
    private static bool IsShown(IdentifierNameSyntax use, SemanticModel model, CancellationToken cancellationToken) => use.Parent switch
    {
        InterpolationSyntax => true,
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression) => true,
        ArgumentSyntax => model.GetTypeInfo(use, cancellationToken).ConvertedType?.SpecialType == SpecialType.System_Object,
        _ => false,
    };
}
