using System.Text.Json.Serialization;

namespace GitHubEvents.Payloads;

/// <summary>Payloads are read without reflection, so that the sample can be trimmed. GitHub writes snake_case.</summary>
[JsonSerializable(typeof(IssueEvent))]
[JsonSerializable(typeof(PullRequestEvent))]
[JsonSerializable(typeof(ReleaseEvent))]
[JsonSerializable(typeof(PushEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class GitHubJson : JsonSerializerContext;
