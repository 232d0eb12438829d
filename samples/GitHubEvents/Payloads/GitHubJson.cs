using System.Text.Json;

namespace GitHubEvents.Payloads;

internal static class GitHubJson
{
    /// <summary>GitHub writes snake_case.</summary>
    public static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
