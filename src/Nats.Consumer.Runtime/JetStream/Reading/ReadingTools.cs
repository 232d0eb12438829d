using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.JetStream;

/// <summary>What everything that reads by hand needs.</summary>
internal sealed record ReadingTools(JetStreamApi Api, PayloadSerializer Payloads, TimeProvider Time, ILogger Logger)
{
    public INatsConnection Connection => Api.Connection;
}
