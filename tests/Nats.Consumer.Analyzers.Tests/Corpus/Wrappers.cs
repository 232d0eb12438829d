using System.Diagnostics.CodeAnalysis;

namespace Wrappers;

public sealed class Bus(IJetStream jetStream)
{
    private readonly List<string> _known = [];

    [StringSyntax("NatsSubjectPattern")]
    public string Filter { get; set; } = "bus.>";

    public async Task SendAsync<T>([StringSyntax("NatsSubject")] string subject, T value, CancellationToken cancellationToken = default)
    {
        _known.Add(subject);
        await jetStream.PublishAsync(subject, value, cancellationToken: cancellationToken);
    }

    public void Listen([StringSyntax("NatsSubjectPattern")] params string[] patterns) => _known.AddRange(patterns);

    public static Bus Create(IJetStream jetStream)
    {
        var bus = new Bus(jetStream) { Filter = "bus.orders.*" };
        bus.Listen("bus.orders.{id}", "bus.users.>");
        bus.Listen();
        return bus;
    }

    // Administration speaks to the server's API on purpose.
    public Task InfoAsync() => SendAsync("$JS.API.INFO", "");
}
