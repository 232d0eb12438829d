using System.CommandLine;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine;

/// <summary>Options that say which dead letters are meant.</summary>
internal sealed class WhichLetters
{
    private readonly Option<string?> _stream = new("--stream") { Description = "The stream whose messages they were; the application's own when there is one only.", HelpName = "STREAM" };
    private readonly WhichConnection _connection;
    private readonly Option<string?> _consumer = new("--consumer") { Description = "Only those of this consumer: its name on the server, or its class.", HelpName = "NAME" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Only those whose message had such a subject.", HelpName = "PATTERN" };

    public WhichLetters(Command command, bool withFilter = true)
    {
        command.Options.Add(_stream);
        _connection = new WhichConnection(command);
        if (!withFilter)
            return;
        command.Options.Add(_consumer);
        command.Options.Add(_subject);
    }

    /// <summary>The dead letters, on a connection that is open.</summary>
    /// <exception cref="ArgumentException">It is not clear which stream is meant.</exception>
    /// <exception cref="NatsException">The server does not answer.</exception>
    public async Task<IDeadLetters> ConnectAsync(VerbHost host, ParseResult parsed, CancellationToken cancellationToken)
    {
        (ServerLink link, string stream) = Of(host, parsed);
        return (await VerbHost.ConnectAsync(link, cancellationToken).ConfigureAwait(false)).DeadLettersOf(stream);
    }

    private (ServerLink Link, string Stream) Of(VerbHost host, ParseResult parsed)
    {
        string? stated = parsed.GetValue(_stream);
        ServerLink? wanted = _connection.Name(parsed) is null ? null : _connection.Of(host, parsed);
        if (stated is not null && wanted is not null)
            return (wanted, stated);
        (ServerLink Link, string Stream)[] read =
        [
            .. host.Links.Of(host.Plans()).SelectMany(link => link.Plans.Select(plan => (link.Link, plan.Stream))).Distinct()
                .Where(one => (stated is null || one.Stream == stated) && (wanted is null || one.Link == wanted)),
        ];
        return read.Length switch
        {
            1 => read[0],
            0 when stated is not null => (host.Links.Default, stated),
            0 => throw new ArgumentException($"The application reads no stream by {wanted!.Title}. Say which one: --stream NAME."),
            _ => throw new ArgumentException($"The application reads several streams. Say which one: {string.Join(", ", read.Select(one => Options(one.Link, one.Stream, read)))}."),
        };
    }

    private static string Options(ServerLink link, string stream, (ServerLink Link, string Stream)[] all) =>
        $"--stream {stream}{(link.Name is not null && all.Any(one => one.Link != link) ? $" --connection {link.Name}" : "")}";

    public DeadLetterFilter Filter(VerbHost host, ParseResult parsed) => new()
    {
        Consumer = parsed.GetValue(_consumer) is { } name ? host.Plans().FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Durable ?? name : null,
        Subject = parsed.GetValue(_subject),
    };
}
