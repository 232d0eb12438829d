using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Tests.JetStream.Models;

public class ModelJsonTests
{
    [Fact]
    public void StreamConfig_EveryField_IsTheServersJson()
    {
        var config = new StreamConfig("s")
        {
            MaxConsumers = 1,
            DiscardNewPerSubject = true,
            Placement = new StreamPlacement { Cluster = "c", Tags = ["ssd"] },
            Mirror = StreamSource.InDomain("origin", "hub") with { StartSequence = 7, FilterSubject = "a.>" },
            Sources =
            [
                new StreamSource("x") { StartTime = new DateTimeOffset(2026, 1, 2, 4, 4, 5, 120, TimeSpan.FromHours(1)), SubjectTransforms = [new SubjectTransform("a.*", "b.{{wildcard(1)}}")] },
                new StreamSource("y") { Consumer = new StreamSourceConsumer("c", "d") },
            ],
            SubjectTransform = new SubjectTransform("a.>", "b.>"),
            Republish = new StreamRepublish("a.>", "c.>", HeadersOnly: true),
            Compression = StreamCompression.S2,
            FirstSequence = 10,
            ConsumerLimits = new StreamConsumerLimits { InactiveThreshold = TimeSpan.FromSeconds(1), MaxAckPending = 2 },
            MirrorDirect = true,
            Sealed = false,
            NoAck = true,
            AllowMessageTimeToLive = true,
            DeleteMarkerTimeToLive = TimeSpan.FromSeconds(2),
            AllowCounters = true,
            AllowAtomicPublish = true,
            AllowBatchPublish = true,
            AllowSchedules = true,
            PersistMode = StreamPersistMode.Async,
            AdditionalFields = new JsonObject { ["field_of_2099"] = 1, ["republish2"] = null },
        };
        StreamJson.From(config).ToJsonString().Replace("\\u003E", ">", StringComparison.Ordinal).ShouldBe(
            """{"name":"s","max_consumers":1,"discard_new_per_subject":true,"placement":{"cluster":"c","tags":["ssd"]}"""
            + ""","mirror":{"name":"origin","opt_start_seq":7,"filter_subject":"a.>","external":{"api":"$JS.hub.API","deliver":""}}"""
            + ""","sources":[{"name":"x","opt_start_time":"2026-01-02T03:04:05.12Z","subject_transforms":[{"src":"a.*","dest":"b.{{wildcard(1)}}"}]},{"name":"y","consumer":{"name":"c","deliver_subject":"d"}}]"""
            + ""","subject_transform":{"src":"a.>","dest":"b.>"},"republish":{"src":"a.>","dest":"c.>","headers_only":true},"compression":"s2","first_seq":10"""
            + ""","consumer_limits":{"inactive_threshold":1000000000,"max_ack_pending":2},"mirror_direct":true,"sealed":false,"no_ack":true,"allow_msg_ttl":true,"subject_delete_marker_ttl":2000000000"""
            + ""","allow_msg_counter":true,"allow_atomic":true,"allow_batched":true,"allow_msg_schedules":true,"persist_mode":"async","field_of_2099":1,"republish2":null}""");
    }

    [Fact]
    public void StreamInfo_FromTheServer_ReadsAll()
    {
        StreamInfo info = StreamJson.Read(Parse(
            """
            {"type":"x","total":2,"config":{"name":"full","subjects":["full.>"],"retention":"workqueue","max_msgs":10,"max_age":3600000000000,"storage":"memory","num_replicas":3,"compression":"s2",
             "mirror":{"name":"m","field_of_2099":7},"allow_rollup_hdrs":true,"metadata":{"a":"b"},"field_of_2099":{"x":1},"discard":"word_of_2099"},
             "created":"2026-11-21T07:01:16.520918693Z",
             "state":{"messages":3,"bytes":69,"first_seq":10,"first_ts":"2026-11-21T07:01:16.568954662Z","last_seq":12,"last_ts":"0001-01-01T00:00:00Z","num_subjects":2,"subjects":{"full.a":1,"full.b":2},
              "consumer_count":4,"num_deleted":1,"deleted":[11]},
             "cluster":{"name":"C","leader":"n1","replicas":[{"name":"n2","current":true,"active":1500000000,"lag":3},{"name":"n3","current":false,"offline":true,"active":0}]},
             "mirror":{"name":"m","lag":5,"active":-1,"error":{"code":404,"err_code":10059,"description":"stream not found"}},
             "sources":null,"alternates":[{"name":"m2","cluster":"D","domain":"hub"}],"domain":"here"}
            """));

        info.Name.ShouldBe("full");
        info.Config.Retention.ShouldBe(StreamRetention.WorkQueue);
        (info.Config.MaxMessages, info.Config.MaxAge, info.Config.Replicas, info.Config.Compression, info.Config.AllowRollup).ShouldBe((10, TimeSpan.FromHours(1), 3, StreamCompression.S2, true));
        info.Config.Discard.ShouldBeNull(); // an unknown word
        info.Config.AdditionalFields!.ToJsonString().ShouldBe("""{"field_of_2099":{"x":1}}""");
        info.Config.Mirror!.AdditionalFields!.ToJsonString().ShouldBe("""{"field_of_2099":7}""");
        info.Created.ShouldBe(new DateTimeOffset(2026, 11, 21, 7, 1, 16, TimeSpan.Zero).AddTicks(5_209_186));
        StreamState state = info.State;
        (state.Messages, state.Bytes, state.FirstSequence, state.LastSequence, state.Consumers, state.SubjectCount, state.DeletedCount).ShouldBe((3, 69, 10ul, 12ul, 4, 2, 1));
        state.LastTimestamp.ShouldBeNull();
        state.Subjects["full.b"].ShouldBe(2);
        state.Deleted.ShouldBe([11ul]);
        info.Cluster!.Leader.ShouldBe("n1");
        info.Cluster.Replicas.Select(replica => (replica.Name, replica.IsCurrent, replica.IsOffline, replica.Active.TotalSeconds, replica.Lag)).ShouldBe([("n2", true, false, 1.5, 3), ("n3", false, true, 0, 0)]);
        info.Mirror!.Active.ShouldBeNull();
        (info.Mirror.Lag, info.Mirror.Error!.ErrorCode).ShouldBe((5, 10059));
        info.Sources.ShouldBeEmpty();
        info.Alternates.ShouldBe([new StreamAlternate("m2", "D", "hub")]);
        info.Domain.ShouldBe("here");
        ((int?)info.Json["total"]).ShouldBe(2);
    }

    [Fact]
    public void ConsumerInfo_FromTheServer_ReadsAll()
    {
        ConsumerInfo info = ConsumerJson.Read(Parse(
            """
            {"stream_name":"full","name":"c","created":"2026-11-21T07:01:16Z","config":{"durable_name":"c","name":"c","deliver_policy":"by_start_sequence","opt_start_seq":3,"ack_policy":"explicit",
             "ack_wait":1000000000,"max_deliver":4,"backoff":[1000000000,2000000000],"filter_subject":"full.a","replay_policy":"original","num_replicas":0,"priority_policy":"pinned_client"},
             "delivered":{"consumer_seq":2,"stream_seq":9,"last_active":"2026-11-21T07:01:17Z"},"ack_floor":{"consumer_seq":1,"stream_seq":8},"num_ack_pending":1,"num_redelivered":2,"num_waiting":3,
             "num_pending":4,"push_bound":true,"paused":true,"pause_remaining":5000000000,"priority_groups":[{"group":"A","pinned_client_id":"id","pinned_ts":"0001-01-01T00:00:00Z"}]}
            """));

        (info.Stream, info.Name, info.AckPending, info.Redelivered, info.Waiting, info.Pending, info.IsPushBound, info.IsPaused).ShouldBe(("full", "c", 1, 2, 3, 4, true, true));
        info.PauseRemaining.ShouldBe(TimeSpan.FromSeconds(5));
        (info.Delivered.ConsumerSequence, info.Delivered.StreamSequence, info.AckFloor.StreamSequence).ShouldBe((2ul, 9ul, 8ul));
        info.Config.FilterSubjects.ShouldBe(["full.a"]);
        (info.Config.DeliverPolicy, info.Config.StartSequence, info.Config.AckPolicy, info.Config.ReplayPolicy).ShouldBe((DeliverPolicy.ByStartSequence, 3ul, AckPolicy.Explicit, ReplayPolicy.Original));
        info.Config.Backoff.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        info.Config.PriorityPolicy.ShouldBe(PriorityPolicy.PinnedClient);
        info.Config.AdditionalFields.ShouldBeNull();
        info.PriorityGroups.ShouldHaveSingleItem().ShouldBe(new PriorityGroupInfo { Group = "A", PinnedClientId = "id" });
        ConsumerJson.From(info.Config)["deliver_policy"]!.ToString().ShouldBe("by_start_sequence");
    }

    [Fact]
    public void ConsumerConfig_Everything_IsTheServersJson() => ConsumerJson.From(new ConsumerConfig
    {
        DurableName = "d",
        Description = "x",
        StartTime = DateTimeOffset.UnixEpoch,
        AckPolicy = AckPolicy.All,
        AckWait = TimeSpan.FromSeconds(1),
        MaxDeliver = 2,
        Backoff = [TimeSpan.FromSeconds(3)],
        FilterSubjects = ["a.{id}", "b.*"],
        ReplayPolicy = ReplayPolicy.Instant,
        MaxAckPending = 4,
        MaxWaiting = 5,
        MaxRequestBatch = 6,
        MaxRequestExpires = TimeSpan.FromSeconds(7),
        MaxRequestBytes = 8,
        HeadersOnly = true,
        InactiveThreshold = TimeSpan.FromSeconds(9),
        Replicas = 1,
        MemoryStorage = true,
        SampleFrequency = "50",
        DeliverSubject = "to",
        DeliverGroup = "g",
        FlowControl = true,
        IdleHeartbeat = TimeSpan.FromSeconds(10),
        RateLimit = 11,
        PauseUntil = DateTimeOffset.UnixEpoch.AddDays(1),
        PriorityGroups = ["A"],
        PriorityPolicy = PriorityPolicy.Overflow,
        PriorityTimeout = TimeSpan.FromSeconds(12),
        Metadata = new Dictionary<string, string> { ["k"] = "v" },
    }).ToJsonString().ShouldBe(
        """{"durable_name":"d","description":"x","opt_start_time":"1970-01-01T00:00:00Z","ack_policy":"all","ack_wait":1000000000,"max_deliver":2,"backoff":[3000000000],"filter_subjects":["a.*","b.*"]"""
        + ""","replay_policy":"instant","max_ack_pending":4,"max_waiting":5,"max_batch":6,"max_expires":7000000000,"max_bytes":8,"headers_only":true,"inactive_threshold":9000000000,"num_replicas":1"""
        + ""","mem_storage":true,"sample_freq":"50","deliver_subject":"to","deliver_group":"g","flow_control":true,"idle_heartbeat":10000000000,"rate_limit_bps":11,"pause_until":"1970-01-02T00:00:00Z"""
        + "\"" + ""","priority_groups":["A"],"priority_policy":"overflow","priority_timeout":12000000000,"metadata":{"k":"v"},"name":"d","deliver_policy":"by_start_time","filter_subject":""}""");

    [Fact]
    public void ConsumerConfig_OneFilter_IsTheFormThatAllServersKnow() =>
        ConsumerJson.From(new ConsumerConfig { FilterSubjects = ["a.{id}"] }).ToJsonString().ShouldBe("""{"filter_subjects":[],"filter_subject":"a.*"}""");

    [Theory]
    [InlineData("a.b", null, "The durable name 'a.b' has a dot")]
    [InlineData(null, "a b", "The consumer name 'a b' has a space")]
    [InlineData("a", "b", "The consumer has the durable name 'a' and the name 'b'")]
    public void ConsumerConfig_NamesThatCannotWork_AreRefused(string? durable, string? name, string message) =>
        Should.Throw<ArgumentException>(() => ConsumerJson.From(new ConsumerConfig { DurableName = durable, Name = name })).Message.ShouldStartWith(message);

    [Fact]
    public void ConsumerConfig_TwoStartsOrABadFilter_AreRefused()
    {
        foreach (ConsumerConfig config in new ConsumerConfig[]
        {
            new() { DeliverPolicy = DeliverPolicy.All, StartSequence = 1 }, new() { DeliverPolicy = DeliverPolicy.ByStartTime, StartSequence = 1 }, new() { DeliverPolicy = DeliverPolicy.ByStartSequence },
            new() { StartSequence = 1, StartTime = DateTimeOffset.UnixEpoch },
        })
            Should.Throw<ArgumentException>(() => ConsumerJson.From(config)).Message.ShouldStartWith("A consumer starts at one place.");
        Should.Throw<ArgumentException>(() => ConsumerJson.From(new ConsumerConfig { FilterSubjects = ["a..b"] })).Message.ShouldStartWith("A filter of the consumer: Subject 'a..b' has an empty token");
    }

    [Theory]
    [InlineData("2026-11-21T07:01:16.520918699Z", 5_209_186)]
    [InlineData("2026-11-21T07:01:16.5Z", 5_000_000)]
    [InlineData("2026-11-21T07:01:16Z", 0)]
    [InlineData("2026-11-21T08:01:16.123456789+01:00", 1_234_567)]
    public void Time_OfTheServer_IsCutAndNotRounded(string text, long ticks) =>
        GoTimeConverter.Parse(text).ShouldBe(new DateTimeOffset(2026, 11, 21, 7, 1, 16, TimeSpan.Zero).AddTicks(ticks));

    [Fact]
    public void AccountInfo_FromTheServer_ReadsAll()
    {
        AccountInfo info = ModelJson.Read(
            Parse(
                """
                {"memory":1,"storage":2,"reserved_memory":3,"reserved_storage":4,"streams":5,"consumers":6,"domain":"hub","api":{"level":5,"total":72,"errors":13},
                 "limits":{"max_memory":-1,"max_storage":7,"max_streams":8,"max_consumers":9,"max_ack_pending":10,"memory_max_stream_bytes":11,"storage_max_stream_bytes":12,"max_bytes_required":true},
                 "tiers":{"R3":{"memory":1,"storage":2,"streams":3,"consumers":4,"limits":{"max_memory":5}}}}
                """),
            ModelJson.Default.AccountInfo);
        (info.Memory, info.Storage, info.ReservedMemory, info.ReservedStorage, info.Streams, info.Consumers, info.Domain).ShouldBe((1, 2, 3, 4, 5, 6, "hub"));
        info.Limits.ShouldBe(new AccountLimits
        {
            MaxMemory = -1,
            MaxStorage = 7,
            MaxStreams = 8,
            MaxConsumers = 9,
            MaxAckPending = 10,
            MemoryMaxStreamBytes = 11,
            StorageMaxStreamBytes = 12,
            MaxBytesRequired = true,
        });
        info.Api.ShouldBe(new AccountApiUse { Level = 5, Total = 72, Errors = 13 });
        info.Tiers["R3"].Limits.MaxMemory.ShouldBe(5);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
