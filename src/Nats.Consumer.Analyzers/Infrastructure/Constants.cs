using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>Readers of single values and of lists.</summary>
internal static class Constants
{
    public static bool TryText(IOperation value, out string? text)
    {
        text = value.ConstantValue.Value as string;
        return value.ConstantValue is { HasValue: true, Value: null or string };
    }

    public static bool TryNumber(IOperation value, out long number)
    {
        long? found = value.ConstantValue.Value switch
        {
            int constant => constant,
            long constant => constant,
            ulong constant and <= long.MaxValue => (long)constant,
            _ => null,
        };
        number = found ?? 0;
        return found is not null;
    }

    /// <summary>The name of the member of an enum.</summary>
    public static bool TryMember(IOperation value, out string member)
    {
        member = ConstantTexts.Unwrap(value) is IFieldReferenceOperation { Field: { HasConstantValue: true, ContainingType.TypeKind: TypeKind.Enum } field } ? field.Name : "";
        return member.Length > 0;
    }

    public static bool TryPatterns(IOperation value, out ImmutableArray<StatedPattern> patterns)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        var complete = ConstantTexts.Collect(value, texts);
        var found = ImmutableArray.CreateBuilder<StatedPattern>();
        foreach (var text in texts)
        {
            complete &= SubjectPattern.TryParse((string)text.ConstantValue.Value!, out var pattern, out _);
            if (pattern is not null)
                found.Add(new StatedPattern(pattern, text.Syntax));
        }
        patterns = found.ToImmutable();
        return complete;
    }

    public static bool TryTypes(IOperation value, out ImmutableArray<(INamedTypeSymbol Type, SyntaxNode Syntax)> types)
    {
        var found = ImmutableArray.CreateBuilder<(INamedTypeSymbol, SyntaxNode)>();
        var complete = TryElements(value, out var elements);
        foreach (var element in elements)
        {
            if (ConstantTexts.Unwrap(element) is ITypeOfOperation { TypeOperand: INamedTypeSymbol type } typeOf)
                found.Add((type, typeOf.Syntax));
            else
                complete = false;
        }
        types = found.ToImmutable();
        return complete;
    }

    /// <summary>The elements of a collection expression or an array; of nothing else.</summary>
    public static bool TryElements(IOperation value, out ImmutableArray<IOperation> elements)
    {
        var found = ConstantTexts.Unwrap(value) switch
        {
            ICollectionExpressionOperation collection => collection.Elements,
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            _ => default,
        };
        elements = found.IsDefault ? [] : found;
        return !found.IsDefault && !found.Any(element => element is ISpreadOperation);
    }
}
