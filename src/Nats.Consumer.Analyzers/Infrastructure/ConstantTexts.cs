using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>The constant texts of a value: the value itself, or the elements of an array, a collection expression or a collection initializer.</summary>
internal static class ConstantTexts
{
    /// <returns>Whether that is all that the value holds.</returns>
    public static bool Collect(IOperation? value, ImmutableArray<IOperation>.Builder texts)
    {
        if (value is null)
            return false;
        if (value.ConstantValue is { HasValue: true, Value: var constant })
        {
            if (constant is string)
                texts.Add(Unwrap(value));
            return true;
        }
        return Unwrap(value) switch
        {
            ICollectionExpressionOperation collection => CollectAll(collection.Elements, texts),
            ISpreadOperation spread => Collect(spread.Operand, texts),
            IArrayCreationOperation { Initializer: { } initializer } => CollectAll(initializer.ElementValues, texts),
            IArrayCreationOperation array => array.DimensionSizes.All(size => size.ConstantValue is { HasValue: true, Value: 0 }),
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } => CollectAdded(initializer, texts),
            _ => false,
        };
    }

    public static IOperation Unwrap(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value;
    }

    private static bool CollectAll(ImmutableArray<IOperation> values, ImmutableArray<IOperation>.Builder texts)
    {
        var complete = true;
        foreach (var value in values)
            complete &= Collect(value, texts);
        return complete;
    }

    private static bool CollectAdded(IObjectOrCollectionInitializerOperation initializer, ImmutableArray<IOperation>.Builder texts)
    {
        var complete = true;
        foreach (var element in initializer.Initializers)
            complete &= element is IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 } add && Collect(add.Arguments[0].Value, texts);
        return complete;
    }
}
