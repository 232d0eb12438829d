using Nats.Consumer.Client;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>What a connection needs of its server.</summary>
internal interface IServerState
{
    NatsServerInfo Info { get; }

    /// <summary>Whether connections cannot be made at present.</summary>
    bool IsAway { get; }

    /// <summary>Takes a message of a client.</summary>
    /// <returns>Whether anybody was interested.</returns>
    bool Accept(InMemoryConnection from, ref Routed message);

    void Forget(InMemoryConnection connection);
}
