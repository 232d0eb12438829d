using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>The list of subjects that a class gives to its base class.</summary>
internal sealed record SubjectsOfClass(IReadOnlyList<ListedSubject> Subjects, IReadOnlyList<ConstructorCall> Calls, IReadOnlyList<Obstacle> Obstacles);

/// <summary>Follows the list of subjects through constructors, up to ConventionHandler.</summary>
internal sealed class ListReader(Func<SyntaxTree, SemanticModel?> modelOf)
{
    private const string NotConstant = "its subjects are not constant here. State them as constants, or mark the methods with [Handle] by hand.";

    public SubjectsOfClass Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var calls = new List<ConstructorCall>();
        var obstacles = new List<Obstacle>();
        List<ListedSubject>? first = null;
        foreach (var (constructor, start, operation) in BaseCalls(type, cancellationToken))
        {
            var subjects = new List<ListedSubject>();
            if (operation is not null)
                calls.AddRange(ReadCall(type, constructor, start!, operation, subjects, obstacles, cancellationToken));
            else
                ReadInherited(type, type.BaseType, subjects, obstacles, cancellationToken);
            first ??= subjects;
            if (obstacles.Count == 0 && !first.Select(subject => subject.Text).SequenceEqual(subjects.Select(subject => subject.Text)))
                obstacles.Add(new Obstacle((start ?? constructor!).GetLocation(), "its constructors list different subjects."));
        }
        return new SubjectsOfClass(first ?? [], calls, obstacles);
    }

    /// <summary>Each constructor that calls one of the base class; without an operation where it does so without saying.</summary>
    private IEnumerable<(ConstructorDeclarationSyntax? Constructor, SyntaxNode? Start, IInvocationOperation? Operation)> BaseCalls(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var declaration in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>())
        {
            if (declaration.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault() is { } primary)
            {
                any = true;
                yield return (null, primary, modelOf(primary.SyntaxTree)?.GetOperation(primary, cancellationToken) as IInvocationOperation);
            }
            else if (declaration.ParameterList is not null)
            {
                any = true;
                yield return (null, null, null);
            }
            foreach (var constructor in declaration.Members.OfType<ConstructorDeclarationSyntax>().Where(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)))
            {
                any = true;
                if (constructor.Initializer is null)
                    yield return (constructor, null, null);
                else if (constructor.Initializer.IsKind(SyntaxKind.BaseConstructorInitializer))
                    yield return (constructor, constructor.Initializer, modelOf(constructor.SyntaxTree)?.GetOperation(constructor.Initializer, cancellationToken) as IInvocationOperation);
            }
        }
        if (!any)
            yield return (null, null, null);
    }

    private IEnumerable<ConstructorCall> ReadCall(
        INamedTypeSymbol type, ConstructorDeclarationSyntax? constructor, SyntaxNode start, IInvocationOperation call, List<ListedSubject> subjects, List<Obstacle> obstacles, CancellationToken cancellationToken)
    {
        if (ListParameter(call.TargetMethod, cancellationToken) is not { } ordinal)
        {
            ReadInherited(type, call.TargetMethod.ContainingType, subjects, obstacles, cancellationToken);
            yield break;
        }

        var argument = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal);
        if (argument is null)
            yield break;
        if (ConstantTexts.Unwrap(argument.Value) is IParameterReferenceOperation { Parameter: var parameter })
        {
            if (type.IsAbstract)
                yield return new ConstructorCall(constructor, start, ArgumentsOf(argument), parameter);
            else
                obstacles.Add(new Obstacle(argument.Syntax.GetLocation(), NotConstant));
            yield break;
        }
        Collect(argument.Value, subjects, obstacles, cancellationToken);
        if (start.DescendantTrivia().Any(trivia => trivia.IsDirective && start.Span.Contains(trivia.SpanStart)))
            obstacles.Add(new Obstacle(start.GetLocation(), "its list of subjects depends on #if. Mark the methods with [Handle] by hand."));
        yield return new ConstructorCall(constructor, start, ArgumentsOf(argument), null);
    }

    /// <summary>A class that gives nothing has the list of its base class.</summary>
    private void ReadInherited(INamedTypeSymbol type, INamedTypeSymbol? baseType, List<ListedSubject> subjects, List<Obstacle> obstacles, CancellationToken cancellationToken)
    {
        if (baseType is null || ConventionReader.IsRoot(baseType))
            return;
        if (baseType.DeclaringSyntaxReferences.IsEmpty || modelOf(baseType.DeclaringSyntaxReferences[0].SyntaxTree) is null)
        {
            if (!baseType.InstanceConstructors.Any(constructor => ListParameter(constructor, cancellationToken) is not null))
                obstacles.Add(new Obstacle(type.Locations[0], $"its subjects are those of {baseType.Name}, which is in another assembly. Move that one first."));
            return;
        }
        var inherited = Read(baseType, cancellationToken);
        subjects.AddRange(inherited.Subjects);
        if (inherited.Obstacles.Count > 0)
            obstacles.Add(new Obstacle(type.Locations[0], $"its base class {baseType.Name} cannot be moved."));
    }

    /// <summary>The parameter of a constructor that is, or becomes, the list.</summary>
    private int? ListParameter(IMethodSymbol constructor, CancellationToken cancellationToken)
    {
        if (ConventionReader.IsRoot(constructor.ContainingType))
            return 0;
        var start = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            ConstructorDeclarationSyntax declaration => (SyntaxNode?)declaration.Initializer,
            TypeDeclarationSyntax type => type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault(),
            _ => null,
        };
        if (start is not null && modelOf(start.SyntaxTree) is { } model)
        {
            if (model.GetOperation(start, cancellationToken) is not IInvocationOperation call || ListParameter(call.TargetMethod, cancellationToken) is not { } ordinal)
                return null;
            var value = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;
            return value is not null && ConstantTexts.Unwrap(value) is IParameterReferenceOperation { Parameter: var passed } ? passed.Ordinal : null;
        }
        // Of another assembly nothing but the signature is seen.
        return constructor.DeclaringSyntaxReferences.IsEmpty || start is not null
            ? constructor.Parameters.FirstOrDefault(parameter => parameter.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String })?.Ordinal
            : null;
    }

    private static IReadOnlyList<ArgumentSyntax> ArgumentsOf(IArgumentOperation argument) => argument.ArgumentKind == ArgumentKind.ParamArray
        ? [.. ((IArrayCreationOperation)argument.Value).Initializer!.ElementValues.Select(element => element.Syntax.FirstAncestorOrSelf<ArgumentSyntax>()!)]
        : argument.Syntax is ArgumentSyntax syntax ? [syntax] : [];

    private void Collect(IOperation value, List<ListedSubject> subjects, List<Obstacle> obstacles, CancellationToken cancellationToken)
    {
        if (value.ConstantValue is { HasValue: true, Value: string text } && value.Syntax is ExpressionSyntax expression)
        {
            subjects.Add(new ListedSubject(text, expression));
            return;
        }

        var inner = ConstantTexts.Unwrap(value);
        var elements = inner switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IArrayCreationOperation array when array.DimensionSizes.All(size => size.ConstantValue is { HasValue: true, Value: 0 }) => [],
            ICollectionExpressionOperation collection => collection.Elements,
            ISpreadOperation spread => [spread.Operand],
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when InitializerOf(field, cancellationToken) is { } initial => [initial],
            _ => default(System.Collections.Immutable.ImmutableArray<IOperation>),
        };
        if (elements.IsDefault)
        {
            obstacles.Add(new Obstacle(value.Syntax.GetLocation(), NotConstant));
            return;
        }
        foreach (var element in elements)
            Collect(element, subjects, obstacles, cancellationToken);
    }

    private IOperation? InitializerOf(IFieldSymbol field, CancellationToken cancellationToken) =>
        field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } && modelOf(value.SyntaxTree) is { } model
            ? model.GetOperation(value, cancellationToken)
            : null;
}
