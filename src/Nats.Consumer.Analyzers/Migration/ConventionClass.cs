using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>A subject of a list, and the expression that it stands as.</summary>
internal sealed record ListedSubject(string Text, ExpressionSyntax Syntax);

/// <summary>Why no fix can move a class.</summary>
internal sealed record Obstacle(Location Location, string Why);

/// <summary>A constructor of a class, or its list of base types where the constructor is a primary one, and what it gives to the list of subjects.</summary>
/// <param name="Constructor">The constructor; null for a primary one.</param>
/// <param name="Base">The initializer or the base type with arguments.</param>
/// <param name="Arguments">Those that are the list, or parts of it.</param>
/// <param name="Forwarded">The parameter that is passed on as the list; null where the list is stated.</param>
internal sealed record ConstructorCall(ConstructorDeclarationSyntax? Constructor, SyntaxNode Base, IReadOnlyList<ArgumentSyntax> Arguments, IParameterSymbol? Forwarded)
{
    public ArgumentListSyntax? ArgumentList => Base is ConstructorInitializerSyntax initializer ? initializer.ArgumentList : ((PrimaryConstructorBaseTypeSyntax)Base).ArgumentList;
}

/// <summary>A class whose handlers are found by their names, and all that has to be known to move it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Listed">The list, each subject once.</param>
/// <param name="Calls">The constructors that give something to the list.</param>
/// <param name="Routes">What becomes of each subject.</param>
/// <param name="Stated">Subjects that have a [Handle] already.</param>
/// <param name="Fallback">A fallback that takes its reason as a text.</param>
/// <param name="Obstacles">Why no fix can move it; empty where one can.</param>
internal sealed record ConventionClass(
    INamedTypeSymbol Type,
    IReadOnlyList<ListedSubject> Listed,
    IReadOnlyList<ConstructorCall> Calls,
    IReadOnlyList<ConventionRoute<IMethodSymbol>> Routes,
    HashSet<string> Stated,
    ConventionFallback? Fallback,
    IReadOnlyList<Obstacle> Obstacles)
{
    /// <summary>A base class whose list its derived classes state.</summary>
    public bool Forwards => Calls.Any(call => call.Forwarded is not null);

    public bool IsDirect => ConventionReader.IsRoot(Type.BaseType);

    /// <summary>Whether there is something that the fix would change in this class.</summary>
    public bool CanMove => Obstacles.Count == 0 && (IsDirect || Calls.Any(call => call.Arguments.Count > 0));

    public IEnumerable<ConventionRoute<IMethodSymbol>> Routed => Routes.Where(route => route.Fate == ConventionFate.Routed && !Stated.Contains(route.Subject));

    /// <summary>Where a subject is listed, if that is in sight.</summary>
    public Location LocationOf(string subject, Compilation compilation) => LocationOf(SyntaxOf(subject).GetLocation(), compilation);

    public Location LocationOf(Location location, Compilation compilation) => compilation.ContainsSyntaxTree(location.SourceTree!) ? location : Type.Locations[0];

    public ExpressionSyntax SyntaxOf(string subject) => Listed.First(listed => listed.Text == subject).Syntax;
}
