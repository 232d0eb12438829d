using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>Reads spans of time: C# has no constants of them, but nearly all are made of constants.</summary>
internal static class Durations
{
    public static bool TryRead(IOperation value, out TimeSpan time)
    {
        var read = Read(ConstantTexts.Unwrap(value));
        time = read ?? default;
        return read is not null;
    }

    public static bool TryReadOrNull(IOperation value, out TimeSpan? time)
    {
        time = null;
        if (value.ConstantValue is { HasValue: true, Value: null } || ConstantTexts.Unwrap(value).ConstantValue is { HasValue: true, Value: null })
            return true;
        time = Read(ConstantTexts.Unwrap(value));
        return time is not null;
    }

    public static bool TryReadAll(IOperation value, out ImmutableArray<(TimeSpan Time, SyntaxNode Syntax)> times)
    {
        var found = ImmutableArray.CreateBuilder<(TimeSpan, SyntaxNode)>();
        var complete = Constants.TryElements(value, out var elements);
        foreach (var element in elements)
        {
            complete &= TryRead(element, out var time);
            found.Add((time, element.Syntax));
        }
        times = found.ToImmutable();
        return complete;
    }

    private static TimeSpan? Read(IOperation value)
    {
        try
        {
            return value switch
            {
                IDefaultValueOperation { Type: { Name: "TimeSpan" } } => TimeSpan.Zero,
                IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => TimeSpan.Zero,
                IFieldReferenceOperation { Field: { Name: "MaxValue", ContainingType.Name: "TimeSpan" } } => TimeSpan.MaxValue,
                IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => TimeSpan.FromMilliseconds(-1),
                IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" } method } call => Sum(call.Arguments, method.Name),
                IObjectCreationOperation { Type: { Name: "TimeSpan" }, Arguments: var arguments } => Construct([.. arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(Number)]),
                IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand } => -Read(ConstantTexts.Unwrap(operand)),
                _ => null,
            };
        }
        catch (Exception e) when (e is OverflowException or ArgumentException)
        {
            return null;
        }
    }

    // FromMinutes(1.5); since .NET 9 also FromMinutes(1, seconds: 30): the name of each parameter is its unit.
    private static TimeSpan? Sum(ImmutableArray<IArgumentOperation> arguments, string method)
    {
        var sum = TimeSpan.Zero;
        foreach (var argument in arguments)
        {
            var unit = argument.Parameter!.Name == "value" ? method.Replace("From", "") : argument.Parameter.Name;
            if (Number(argument) is not { } number || Unit(unit) is not { } ticks)
                return null;
            sum += TimeSpan.FromTicks(checked((long)Math.Round(number * ticks)));
        }
        return sum;
    }

    private static long? Unit(string name) => name.ToUpperInvariant() switch
    {
        "DAYS" => TimeSpan.TicksPerDay,
        "HOURS" => TimeSpan.TicksPerHour,
        "MINUTES" => TimeSpan.TicksPerMinute,
        "SECONDS" => TimeSpan.TicksPerSecond,
        "MILLISECONDS" => TimeSpan.TicksPerMillisecond,
        "MICROSECONDS" => TimeSpan.TicksPerMillisecond / 1000,
        "TICKS" => 1,
        _ => null,
    };

    private static TimeSpan? Construct(double?[] parts)
    {
        if (parts.Any(part => part is null))
            return null;
        int At(int index) => checked((int)parts[index]!.Value);
        return parts.Length switch
        {
            0 => TimeSpan.Zero,
            1 => new TimeSpan(checked((long)parts[0]!.Value)),
            3 => new TimeSpan(At(0), At(1), At(2)),
            4 => new TimeSpan(At(0), At(1), At(2), At(3)),
            5 => new TimeSpan(At(0), At(1), At(2), At(3), At(4)),
            _ => null,
        };
    }

    private static double? Number(IArgumentOperation argument) => ConstantTexts.Unwrap(argument.Value).ConstantValue.Value switch
    {
        int number => number,
        long number => number,
        double number => number,
        _ => null,
    };
}
