using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>What the server tells of a consumer.</summary>
internal static class ConsumerInfo
{
    public static JsonObject Describe(ServerConsumer consumer) => Describe(consumer, Assets.Told(consumer.Config.Metadata, consumer.Server.Version));

    public static JsonObject DescribeInList(ServerConsumer consumer) => Describe(consumer, consumer.Config.Metadata);

    private static JsonObject Describe(ServerConsumer consumer, SortedDictionary<string, string>? metadata)
    {
        Ledger ledger = consumer.Ledger;
        InMemoryServerVersion version = consumer.Server.Version;
        consumer.CorrectPendingInStream();
        int waiting = consumer.Mode.Waiting;
        bool isRecorded = version.TellsRecordedFloor && ledger.Recorded != default;
        Position delivered = isRecorded ? ledger.Recorded : new Position(ledger.NextDelivery - 1, ledger.NextSequence - 1);
        var info = new JsonObject
        {
            ["stream_name"] = consumer.Stream.Name,
            ["name"] = consumer.Name,
            ["created"] = MessageBroker.FormatTime(consumer.Created),
            ["config"] = Configs.Write(consumer.Config with { Metadata = metadata }, ApiJson.Default.ConsumerConfig, version.UnknownConsumerFields),
            ["delivered"] = Sequences(delivered, consumer.LastDelivered),
            ["ack_floor"] = Sequences(version.TellsRecordedFloor ? ledger.RecordedFloor : ledger.Floor, consumer.LastAcknowledged),
            ["num_ack_pending"] = ledger.PendingCount,
            ["num_redelivered"] = version.TellsRecordedFloor && consumer.Config.MaxDeliver == 1 ? 0 : ledger.RedeliveredCount,
            ["num_waiting"] = waiting,
            ["num_pending"] = consumer.PendingInStream,
        };
        if (consumer.Mode.IsBound)
            info["push_bound"] = true;
        if (consumer.IsPaused)
        {
            info["paused"] = true;
            info["pause_remaining"] = consumer.PauseUntil - consumer.Server.Broker.Now;
        }

        if (version.AddsMetadata)
            info["ts"] = MessageBroker.FormatTime(consumer.Server.Broker.Now);
        return info;
    }

    private static JsonObject Sequences(Position position, long lastActive)
    {
        var sequences = new JsonObject { ["consumer_seq"] = position.Consumer, ["stream_seq"] = position.Stream };
        if (lastActive > 0)
            sequences["last_active"] = MessageBroker.FormatTime(lastActive);
        return sequences;
    }
}
