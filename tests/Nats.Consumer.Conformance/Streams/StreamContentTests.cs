using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>What a stream keeps: limits, ages, retention, purges, single messages, state.</summary>
public abstract class StreamContentTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : StreamContentTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : StreamContentTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : StreamContentTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("""{"max_msgs":2}""")]
    [InlineData("""{"max_bytes":60}""")]
    public async Task Limit_DiscardOld_LetsTheOldestGo(string config)
    {
        WireStream stream = await NewStreamAsync(config);

        await stream.PublishManyAsync(5);

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(2);
        ((ulong)state["first_seq"]!).ShouldBe(4ul);
        ((ulong)state["last_seq"]!).ShouldBe(5ul);
    }

    [Theory]
    [InlineData("""{"max_msgs":1,"discard":"new"}""", "maximum messages exceeded")]
    [InlineData("""{"max_bytes":25,"discard":"new"}""", "maximum bytes exceeded")]
    public async Task Limit_DiscardNew_RefusesTheNext(string config, string description)
    {
        WireStream stream = await NewStreamAsync(config);
        await stream.PublishAsync("a");

        (await stream.PublishRefusedAsync("a", "12345")).ShouldBe(new ApiRefusal(503, 10077, description));
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Limit_PerSubject_KeepsTheLastOfEach()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":2}""");
        foreach (string subject in new[] { "a", "a", "b", "a", "b", "a" })
            await stream.PublishAsync(subject);

        JsonNode state = (await stream.InfoAsync("""{"subjects_filter":">"}"""))["state"]!;

        ((long)state["messages"]!).ShouldBe(4);
        ((long)state["num_subjects"]!).ShouldBe(2);
        JsonNode.DeepEquals(state["subjects"], JsonNode.Parse($$"""{"{{stream.Subject("a")}}":2,"{{stream.Subject("b")}}":2}""")).ShouldBeTrue();
    }

    [Fact]
    public async Task Limit_PerSubjectDiscardNew_RefusesTheNextOfTheSubjectOnly()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":1,"discard":"new","discard_new_per_subject":true}""");
        await stream.PublishAsync("a");

        (await stream.PublishRefusedAsync("a")).ShouldBe(new ApiRefusal(503, 10077, "maximum messages per subject exceeded"));
        (await stream.PublishAsync("b")).ShouldBe(2ul);
    }

    [Fact]
    public async Task Limit_PerSubjectWithDiscardNew_ReplacesAtTheLimit()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":1,"max_msgs":1,"discard":"new"}""");
        await stream.PublishAsync("a", "1");

        (await stream.PublishAsync("a", "2")).ShouldBe(2ul);
        (await stream.PublishRefusedAsync("b")).Description.ShouldBe("maximum messages exceeded");
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Age_Over_IsGone()
    {
        WireStream stream = await NewStreamAsync("""{"max_age":300000000,"duplicate_window":300000000}""");
        await stream.PublishManyAsync(2);

        await Target.WaitAsync(() => false, Seconds(0.2));
        (await stream.CountAsync()).ShouldBe(2);
        await stream.ShouldHaveAsync(0);
        JsonNode state = await stream.StateAsync();
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
        ((ulong)state["last_seq"]!).ShouldBe(2ul);
    }

    [Fact]
    public async Task TimeToLive_Over_IsGone()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"allow_msg_ttl":true}""");
        await stream.PublishAsync("a", "1", ("Nats-TTL", "1s"));
        await stream.PublishAsync("a", "2", ("Nats-TTL", "1h"));
        await stream.PublishAsync("a", "3", ("Nats-TTL", "never"));
        (await stream.CountAsync()).ShouldBe(3);

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await stream.CountAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("10ms")]
    [InlineData("-5s")]
    public async Task TimeToLive_Nonsense_IsRefused(string value)
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"allow_msg_ttl":true}""");

        (await stream.PublishRefusedAsync("a", "", ("Nats-TTL", value))).ShouldBe(new ApiRefusal(400, 10165, "invalid per-message TTL"));
    }

    [Fact]
    public async Task Rollup_OfASubject_ReplacesItsMessages()
    {
        WireStream stream = await NewStreamAsync("""{"allow_rollup_hdrs":true}""");
        await stream.PublishAsync("a", "1");
        await stream.PublishAsync("b", "2");
        await stream.PublishAsync("a", "3");

        await stream.PublishAsync("a", "all", ("Nats-Rollup", "sub"));

        WireConsumer consumer = await stream.ConsumerAsync();
        (await consumer.TextsAsync()).ShouldBe(["2#1", "all#1"]);
    }

    [Fact]
    public async Task Rollup_OfAll_ReplacesEverything()
    {
        WireStream stream = await NewStreamAsync("""{"allow_rollup_hdrs":true}""");
        await stream.PublishAsync("a", "1");
        await stream.PublishAsync("b", "2");

        await stream.PublishAsync("a", "all", ("Nats-Rollup", "all"));

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(1);
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
    }

    [Fact]
    public async Task WorkQueue_Acked_IsGone()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync());

        await stream.ShouldHaveAsync(1);
        ((ulong)(await stream.StateAsync())["first_seq"]!).ShouldBe(2ul);
    }

    [Theory]
    [InlineData("-NAK", 1)]
    [InlineData("+WPI", 1)]
    [InlineData("+TERM", 0)]
    public async Task WorkQueue_SettledOtherwise_StaysOrGoes(string settlement, long left)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishAsync("a");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), settlement);

        await stream.ShouldHaveAsync(left);
    }

    [Fact]
    public async Task WorkQueue_AckedOutOfOrder_LeavesTheOthers()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        IReadOnlyList<Received> all = await consumer.FetchAsync();

        await consumer.ConfirmAsync(all[1]);

        await stream.ShouldHaveAsync(2);
        ((long)(await stream.StateAsync())["num_deleted"]!).ShouldBe(1);
    }

    [Fact]
    public async Task WorkQueue_WithoutConsumer_KeepsEverything()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");

        await stream.PublishManyAsync(3);

        (await stream.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task WorkQueue_ConsumerDeleted_KeepsWhatWasNotAcked()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.FetchAsync();

        await consumer.DeleteAsync();

        (await stream.CountAsync()).ShouldBe(2);
        (await (await stream.ConsumerAsync("{}", "other")).TextsAsync()).ShouldBe(["1#1", "2#1"]);
    }

    [Fact]
    public async Task Interest_WithoutConsumer_StoresNothingAndCounts()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");

        (await stream.PublishAsync("a")).ShouldBe(1ul);
        (await stream.PublishAsync("a")).ShouldBe(2ul);

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(0);
        ((ulong)state["last_seq"]!).ShouldBe(2ul);
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
    }

    [Fact]
    public async Task Interest_NobodyInterestedInTheSubject_StoresNothing()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");

        await stream.PublishAsync("b");
        await stream.PublishAsync("a");

        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Interest_TwoConsumers_GoesWhenBothHaveAcked()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer one = await stream.ConsumerAsync("{}", "one");
        WireConsumer other = await stream.ConsumerAsync("{}", "other");
        await stream.PublishAsync("a");

        await one.ConfirmAsync(await one.NextAsync());
        (await stream.CountAsync()).ShouldBe(1);
        await other.ConfirmAsync(await other.NextAsync());
        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task Interest_LastConsumerDeleted_RemovesEverything()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer consumer = await stream.ConsumerAsync();
        await stream.PublishManyAsync(3);

        await consumer.DeleteAsync();

        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task Interest_AckNone_GoesWhenDelivered()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"none"}""");
        await stream.PublishManyAsync(2);

        (await consumer.TextsAsync()).ShouldBe(["1#1", "2#1"]);

        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task WorkQueue_GivenUp_StaysInTheStream()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":1,"ack_wait":{{Nanoseconds(0.2)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5, 1);
        await inbox.NextAsync();
        await Target.WaitAsync(() => false, Seconds(1.3));

        (await stream.CountAsync()).ShouldBe(1);
        (await consumer.NumberAsync("num_pending")).ShouldBe(0);
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        await consumer.DeleteAsync();
        (await (await stream.ConsumerAsync("{}", "other")).TextsAsync()).ShouldBe(["1#1"]);
    }

    [Theory]
    [InlineData("", 6, 0)]
    [InlineData("""{"filter":"~.a"}""", 3, 3)]
    [InlineData("""{"filter":"~.*"}""", 6, 0)]
    [InlineData("""{"filter":"~.zzz"}""", 0, 6)]
    [InlineData("""{"keep":2}""", 4, 2)]
    [InlineData("""{"keep":10}""", 0, 6)]
    [InlineData("""{"seq":4}""", 3, 3)]
    [InlineData("""{"seq":100}""", 6, 0)]
    [InlineData("""{"filter":"~.a","keep":1}""", 2, 4)]
    [InlineData("""{"filter":"~.a","seq":4}""", 2, 4)]
    public async Task Purge_Request_RemovesWhatItNames(string body, long purged, long left)
    {
        WireStream stream = await NewStreamAsync();
        for (int i = 0; i < 6; i++)
            await stream.PublishAsync(i % 2 == 0 ? "a" : "b");

        JsonObject answer = await Client.DoAsync($"STREAM.PURGE.{stream.Name}", body.Replace("~", stream.Name, StringComparison.Ordinal));

        ((bool)answer["success"]!).ShouldBeTrue();
        ((long)answer["purged"]!).ShouldBe(purged);
        (await stream.CountAsync()).ShouldBe(left);
    }

    [Fact]
    public async Task Purge_UpToTheFirst_RemovesAllOnOldServersAndNothingOnNewOnes()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        ((long)(await Client.DoAsync($"STREAM.PURGE.{stream.Name}", """{"seq":1}"""))["purged"]!).ShouldBe(IsOld ? 3 : 0);
    }

    [Fact]
    public async Task Purge_UpToTheFuture_GoesOnThere()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);

        await Client.DoAsync($"STREAM.PURGE.{stream.Name}", """{"seq":100}""");

        (await stream.PublishAsync("a")).ShouldBe(100ul);
    }

    [Fact]
    public async Task Purge_SequenceAndKeep_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.PURGE.{stream.Name}", """{"seq":2,"keep":2}""")).ShouldBe(new ApiRefusal(400, 10003, "bad request"));
    }

    [Fact]
    public async Task Purge_Denied_IsRefused()
    {
        WireStream stream = await NewStreamAsync("""{"deny_purge":true}""");

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.PURGE.{stream.Name}");

        refusal.ErrorCode.ShouldBe(10110);
        refusal.Description.ShouldBe("stream purge not permitted");
    }

    [Fact]
    public async Task Purge_OfWhatAConsumerHasPending_SettlesIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.NextAsync();

        await Client.DoAsync($"STREAM.PURGE.{stream.Name}");

        await consumer.ShouldHaveAsync("num_ack_pending", 0);
        (await consumer.NumberAsync("num_pending")).ShouldBe(0);
        await stream.PublishAsync("a", "after");
        (await consumer.TextsAsync()).ShouldBe(["after#1"]);
    }

    [Fact]
    public async Task DeleteMessage_Middle_LeavesAGap()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":2}""");

        JsonNode state = (await stream.InfoAsync("""{"deleted_details":true}"""))["state"]!;
        ((long)state["messages"]!).ShouldBe(2);
        ((long)state["num_deleted"]!).ShouldBe(1);
        state["deleted"]!.ToJsonString().ShouldBe("[2]");
        (await (await stream.ConsumerAsync()).TextsAsync()).ShouldBe(["1#1", "3#1"]);
    }

    [Fact]
    public async Task DeleteMessage_First_MovesTheBeginning()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":1,"no_erase":true}""");

        ((ulong)(await stream.StateAsync())["first_seq"]!).ShouldBe(2ul);
    }

    [Theory]
    [InlineData("{}", """{"seq":9}""", 400, 10043, "sequence 9 not found")]
    [InlineData("{}", "", 400, 10003, "bad request")]
    [InlineData("""{"deny_delete":true}""", """{"seq":1}""", 500, 10057, "message delete not permitted")]
    public async Task DeleteMessage_Refused_SaysWhy(string config, string body, int code, int errorCode, string description)
    {
        WireStream stream = await NewStreamAsync(config);
        await stream.PublishAsync("a");

        (await Client.RefusedAsync($"STREAM.MSG.DELETE.{stream.Name}", body)).ShouldBe(new ApiRefusal(code, errorCode, description));
    }

    [Theory]
    [InlineData("""{"seq":2}""", 2)]
    [InlineData("""{"last_by_subj":"~.a"}""", 3)]
    [InlineData("""{"last_by_subj":"~.*"}""", 4)]
    [InlineData("""{"next_by_subj":"~.a"}""", 1)]
    [InlineData("""{"seq":2,"next_by_subj":"~.a"}""", 3)]
    [InlineData("""{"seq":3,"next_by_subj":"~.b"}""", 4)]
    [InlineData("""{"seq":2,"next_by_subj":"~.>"}""", 2)]
    [InlineData("""{"seq":9}""", 0)]
    [InlineData("""{"last_by_subj":"~.c"}""", 0)]
    [InlineData("""{"seq":4,"next_by_subj":"~.a"}""", 0)]
    public async Task GetMessage_Query_FindsIt(string query, int sequence)
    {
        WireStream stream = await NewStreamAsync();
        foreach (string subject in new[] { "a", "b", "a", "b" })
            await stream.PublishAsync(subject, subject);

        JsonObject answer = await Client.AskAsync($"STREAM.MSG.GET.{stream.Name}", query.Replace("~", stream.Name, StringComparison.Ordinal));

        if (sequence > 0)
            ((int)answer["message"]!["seq"]!).ShouldBe(sequence);
        else
            ApiRefusal.From(answer, query).ShouldBe(new ApiRefusal(404, 10037, "no message found"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"seq":1,"last_by_subj":"a"}""")]
    public async Task GetMessage_BadQuery_IsRefused(string query)
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.MSG.GET.{stream.Name}", query)).ShouldBe(new ApiRefusal(400, 10003, "bad request"));
    }

    [Theory]
    [InlineData("", """{"seq":1}""", "one")]
    [InlineData("", """{"last_by_subj":"~.b"}""", "two")]
    [InlineData(".~.b", "", "two")]
    public async Task DirectGet_Query_IsTheMessageItself(string more, string query, string text)
    {
        WireStream stream = await NewStreamAsync("""{"allow_direct":true}""");
        await stream.PublishAsync("a", "one", ("X", "y"));
        await stream.PublishAsync("b", "two", ("X", "y"));

        NatsReply reply = await Client.RequestAsync(
            $"$JS.API.DIRECT.GET.{stream.Name}{more.Replace("~", stream.Name, StringComparison.Ordinal)}", query.Replace("~", stream.Name, StringComparison.Ordinal));

        NatsMessage message = reply.Message;
        System.Text.Encoding.UTF8.GetString(message.Payload.Span).ShouldBe(text);
        message.Headers!["X"].ShouldBe("y");
        message.Headers["Nats-Stream"].ShouldBe(stream.Name);
        message.Headers["Nats-Subject"].ShouldBe(stream.Subject(text == "one" ? "a" : "b"));
        message.Headers["Nats-Sequence"].ShouldBe(text == "one" ? "1" : "2");
        message.Headers["Nats-Time-Stamp"].ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("", """{"seq":9}""", "404 Message Not Found")]
    [InlineData(".~.c", "", "404 Message Not Found")]
    [InlineData("", "", "408 Empty Request")]
    [InlineData("", "{}", "408 Empty Request")]
    [InlineData("", "{broken", "408 Malformed Request")]
    public async Task DirectGet_NothingFound_IsAStatus(string more, string query, string status)
    {
        WireStream stream = await NewStreamAsync("""{"allow_direct":true}""");

        NatsReply reply = await Client.RequestAsync($"$JS.API.DIRECT.GET.{stream.Name}{more.Replace("~", stream.Name, StringComparison.Ordinal)}", query);

        reply.Message.Status.ToString().ShouldBe(status);
    }

    [Fact]
    public async Task Republish_StoredMessage_GoesOutAgain()
    {
        string prefix = WireClient.NewName("r");
        WireStream stream = await NewStreamAsync($$"""{"republish":{"src":">","dest":"{{prefix}}.>"} }""");
        await using Inbox inbox = await Client.SubscribeAsync($"{prefix}.>");
        await stream.PublishAsync("a", "1");

        await stream.PublishAsync("a", "2", ("X", "y"));

        IReadOnlyList<Received> both = await inbox.NextAsync(2);
        both[1].Text.ShouldBe("2");
        both[1].Subject.ShouldBe($"{prefix}.{stream.Subject("a")}");
        both[1].Header("X").ShouldBe("y");
        both[1].Header("Nats-Stream").ShouldBe(stream.Name);
        both[1].Header("Nats-Sequence").ShouldBe("2");
        both[1].Header("Nats-Last-Sequence").ShouldBe("1");
        both[0].Header("Nats-Last-Sequence").ShouldBe("0");
    }

    [Fact]
    public async Task Info_SubjectsFilter_CountsThem()
    {
        WireStream stream = await NewStreamAsync();
        foreach (string subject in new[] { "a", "b", "a", "c.d" })
            await stream.PublishAsync(subject);

        JsonObject info = await stream.InfoAsync($$"""{"subjects_filter":"{{stream.Name}}.*"}""");

        ((int)info["total"]!).ShouldBe(2);
        JsonNode.DeepEquals(info["state"]!["subjects"], JsonNode.Parse($$"""{"{{stream.Subject("a")}}":2,"{{stream.Subject("b")}}":1}""")).ShouldBeTrue();
        ((int)info["state"]!["num_subjects"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Info_Times_AreThoseOfFirstAndLast()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");
        await Target.WaitAsync(() => false, Seconds(0.2));
        await stream.PublishAsync("a");

        JsonNode state = await stream.StateAsync();

        TimeSpan between = DateTimeOffset.Parse((string)state["last_ts"]!) - DateTimeOffset.Parse((string)state["first_ts"]!);
        ShouldBeAt(between, 0.2);
    }

    [Fact]
    public async Task Names_BySubject_FindsTheStreamThatCapturesIt()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject names = await Client.DoAsync("STREAM.NAMES", $$"""{"subject":"{{stream.Subject("a.b")}}"}""");

        names["streams"]!.ToJsonString().ShouldBe($"""["{stream.Name}"]""");
        ((int)names["total"]!).ShouldBe(1);
        ((int)names["limit"]!).ShouldBe(1024);
    }

    [Fact]
    public async Task Names_NoSuchSubject_IsEmpty()
    {
        JsonObject names = await Client.DoAsync("STREAM.NAMES", """{"subject":"nobody.captures.this"}""");

        ((int)names["total"]!).ShouldBe(0);
        (names["streams"] as JsonArray)?.Count.ShouldBe(0);
    }

    [Fact]
    public async Task List_BySubject_DescribesTheStream()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");

        JsonObject list = await Client.DoAsync("STREAM.LIST", $$"""{"subject":"{{stream.Subject("a")}}"}""");

        ((int)list["limit"]!).ShouldBe(256);
        JsonNode one = list["streams"]!.AsArray().Single()!;
        ((string)one["config"]!["name"]!).ShouldBe(stream.Name);
        ((int)one["state"]!["messages"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Names_Offset_SkipsThoseBefore()
    {
        await NewStreamAsync();
        await NewStreamAsync();
        JsonObject all = await Client.DoAsync("STREAM.NAMES");
        int total = (int)all["total"]!;

        JsonObject rest = await Client.DoAsync("STREAM.NAMES", $"{{\"offset\":{total - 1}}}");

        ((int)rest["offset"]!).ShouldBe(total - 1);
        rest["streams"]!.AsArray().Count.ShouldBeInRange(1, 1 + ((int)rest["total"]! - total));
    }

    [Fact]
    public async Task Delete_Stream_TakesItsConsumersAlong()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        ((bool)(await Client.DoAsync($"STREAM.DELETE.{stream.Name}"))["success"]!).ShouldBeTrue();

        (await Client.RefusedAsync($"STREAM.DELETE.{stream.Name}")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
        (await Client.RequestAsync(stream.Subject("a"))).Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Delete_WithABody_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.DELETE.{stream.Name}", """{"a":1}""")).ShouldBe(new ApiRefusal(400, 10038, "expected an empty request payload"));
    }

    [Fact]
    public async Task FirstSequence_Stated_IsThatOfTheFirstMessage()
    {
        WireStream stream = await NewStreamAsync("""{"first_seq":1000}""");

        (await stream.PublishAsync("a")).ShouldBe(IsOld ? 1ul : 1000ul);
    }

    [Fact]
    public async Task Stream_CapturingAnother_StoresRequestsAndAnswers()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox service = await Client.SubscribeAsync(stream.Subject("service"));

        JsonObject answer = await stream.TryPublishAsync("service", "1");

        ((ulong)answer["seq"]!).ShouldBe(1ul);
        (await service.NextAsync()).Text.ShouldBe("1");
    }
}
