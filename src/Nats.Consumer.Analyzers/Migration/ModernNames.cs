using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Names for handlers that are named after what happened: <c>OnCreatedAsync</c>.</summary>
internal static class ModernNames
{
    public static string Of(string method)
    {
        var words = method.Substring("handle".Length).Split(['_'], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count > 1 && words[words.Count - 1].Equals("async", StringComparison.OrdinalIgnoreCase))
            words.RemoveAt(words.Count - 1);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return name.EndsWith("Async", StringComparison.Ordinal) && words.Count == 1 && name.Length > 5 ? $"On{name}" : $"On{name}Async";
    }

    /// <summary>Whether the class has, inherits or hands down something of that name.</summary>
    public static bool IsTaken(string name, INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
                return true;
        }
        return false;
    }
}
