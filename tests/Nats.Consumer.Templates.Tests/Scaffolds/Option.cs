namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>An option of <c>dotnet new nats-worker</c> that is given or not.</summary>
internal sealed record Option(string Name, params string[] Arguments)
{
    /// <summary>Every option, each with a value that is not its default.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        new("consumer", "--consumer", "push"),
        new("subject", "--subject", "payments.{customerId}.>"),
        new("stream", "--stream", "my stream"),
        new("durable", "--durable", "my.durable"),
        new("tests", "--tests"),
        new("docker", "--docker"),
        new("dlq", "--dlq", "false"),
        new("aot", "--aot"),
        new("cpm", "--cpm"),
        new("ci", "--ci", "github"),
        new("toolkitVersion", "--toolkit-version", LocalFeed.Version),
        new("Framework", "--framework", "net10.0"),
    ];
}
