using System.CommandLine;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine;

/// <summary>The option that says which server is meant.</summary>
internal sealed class WhichConnection
{
    private readonly Option<string?> _name = new("--connection") { Description = "A name of Nats:Connections: which server is meant. The default connection's without it.", HelpName = "NAME" };

    public WhichConnection(Command command) => command.Options.Add(_name);

    /// <summary>What was given; <see langword="null"/> when nothing was.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_name);

    /// <exception cref="ConsumerConfigurationException">There is none of that name.</exception>
    public ServerLink Of(VerbHost host, ParseResult parsed) => host.Links.Find(Name(parsed));

    /// <summary>Connected.</summary>
    /// <exception cref="NatsException">There is none of that name, or its server does not answer.</exception>
    public Task<IJetStream> ConnectAsync(VerbHost host, ParseResult parsed, CancellationToken cancellationToken) => VerbHost.ConnectAsync(Of(host, parsed), cancellationToken);
}
