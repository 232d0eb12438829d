using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>How a rule tells its fix that the element which it reported can go, alone or with all that follow it.</summary>
internal static class Removal
{
    private const string Title = nameof(Removal), Following = nameof(Following);

    public static ImmutableDictionary<string, string?> Properties(SyntaxNode element) => ImmutableDictionary<string, string?>.Empty.Add(Title, $"Remove {element}");

    public static ImmutableDictionary<string, string?> WithFollowing(string title) => ImmutableDictionary<string, string?>.Empty.Add(Title, title).Add(Following, "");

    public static string? TitleOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(Title, out var title) ? title : null;

    public static bool IsWithFollowing(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(Following);
}
