using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Consumers;

/// <summary>Which messages a consumer takes: filters, where it starts, what it counts as still to come.</summary>
public abstract class SelectionTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : SelectionTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : SelectionTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : SelectionTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("~.a", "a1 a4")]
    [InlineData("~.*", "a1 b2 a4")]
    [InlineData("~.>", "a1 b2 c.d3 a4 c.e5")]
    [InlineData("~.c.*", "c.d3 c.e5")]
    [InlineData("~.c.>", "c.d3 c.e5")]
    [InlineData("~.*.e", "c.e5")]
    [InlineData("~.zzz", "")]
    public async Task Filter_One_TakesWhatMatches(string filter, string expected)
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"filter_subject":"{{filter}}"}""");

        (await consumer.NumberAsync("num_pending")).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        string.Join(' ', (await consumer.FetchAsync()).Select(message => message.Text)).ShouldBe(expected);
    }

    [Fact]
    public async Task Filters_Several_TakeWhatAnyMatches()
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subjects":["~.b","~.c.*"]}""");

        string.Join(' ', (await consumer.FetchAsync()).Select(message => message.Text)).ShouldBe(IsOld ? "a1 b2 c.d3 a4 c.e5" : "b2 c.d3 c.e5");
    }

    [Theory]
    [InlineData("""["~.*","~.a"]""", 10138)]
    [InlineData("""["~.a","~.a"]""", 10138)]
    [InlineData("""["~.>","~.*.x"]""", 10138)]
    [InlineData("""[""]""", 10139)]
    [InlineData("""["~.*.x","~.a.*"]""", 0)]
    [InlineData("""["~.a"]""", 0)]
    public async Task Filters_OneCoveringAnother_AreRefusedByNewServers(string filters, int errorCode)
    {
        WireStream stream = await NewStreamAsync();
        string config = $$"""{"filter_subjects":{{filters}}}""";

        if (IsOld || errorCode == 0)
            await stream.ConsumerAsync(config);
        else
            (await stream.ConsumerRefusedAsync(config)).ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task Filters_PartlyOverlapping_DeliverOnce()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a.x", "1");
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subjects":["~.*.x","~.a.*"]}""");

        (await consumer.TextsAsync()).ShouldBe(["1#1"]);
    }

    [Fact]
    public async Task Filters_BothKinds_AreRefusedByNewServers()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync();

        (await stream.ConsumerRefusedAsync("""{"filter_subject":"~.a","filter_subjects":["~.b"]}""")).ErrorCode.ShouldBe(10136);
    }

    [Fact]
    public async Task Filter_OutsideTheStream_IsRefusedByOldServersAndNeverDeliversOnNewOnes()
    {
        WireStream stream = await FilledAsync();

        if (IsOld)
        {
            (await stream.ConsumerRefusedAsync("""{"filter_subject":"elsewhere.x"}""")).ShouldBe(new ApiRefusal(400, 10093, "consumer filter subject is not a valid subset of the interest subjects"));
            return;
        }

        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"elsewhere.x"}""");
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filter_ChangedAndBack_SkipsWhatCameMeanwhile()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.b"}""");
        await stream.PublishAsync("a", "for a");
        await stream.PublishAsync("b", "for b");
        (await consumer.TextsAsync()).ShouldBe(["for b#1"]);

        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");
        await stream.PublishAsync("a", "later");

        (await consumer.TextsAsync()).ShouldBe(["later#1"]);
    }

    [Fact]
    public async Task Filter_Widened_DoesNotBringWhatWasSkipped()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");
        await stream.PublishAsync("b", "early b");
        await stream.PublishAsync("a", "a");
        (await consumer.TextsAsync()).ShouldBe(["a#1"]);

        await stream.ConsumerAsync();
        await stream.PublishAsync("b", "late b");

        (await consumer.NextAsync()).ToString().ShouldBe("late b#1");
    }

    [Theory]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.b"}""", false, true)]
    [InlineData("""{"filter_subject":"~.a.*"}""", """{"filter_subject":"~.>"}""", false, true)]
    [InlineData("""{"filter_subject":"~.a"}""", "{}", false, false)]
    [InlineData("{}", """{"filter_subject":"~.b"}""", true, true)]
    public async Task Filter_Changed_WaitingPullsMayNotBeWoken(string before, string after, bool onOld, bool onNew)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync(before);
        WireConsumer consumer = await stream.ConsumerAsync(after);
        await using Inbox waiting = await consumer.PullAsync(5);
        await consumer.ShouldHaveAsync("num_waiting", 1);

        await stream.PublishAsync("b", "1");

        bool isWoken = await waiting.TryNextAsync(0.5) is not null;
        isWoken.ShouldBe(IsOld ? onOld : onNew);
        if (isWoken)
            return;
        await using Inbox another = await consumer.PullAsync(1); // which wakes the consumer
        (await waiting.NextAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task Filter_ChangedFromASubjectToAPattern_OldServersDeliverNothingMore()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"~.>"}""");

        await stream.PublishAsync("b", "1");

        await using Inbox inbox = await consumer.PullAsync(5, 5);
        string? text = (await inbox.TryNextAsync(0.5))?.Text;
        text.ShouldBe(IsOld ? null : "1");
    }

    [Fact]
    public async Task Filter_TakenAwayFromTheOnlyConsumerOfAnInterestStream_NewServersStoreNothingMore()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");
        await stream.ConsumerAsync();

        await stream.PublishAsync("b");

        (await stream.CountAsync()).ShouldBe(IsOld ? 1 : 0);
    }

    [Theory]
    [InlineData("""{"deliver_policy":"all"}""", "a1 b2 c.d3 a4 c.e5")]
    [InlineData("""{"deliver_policy":"new"}""", "")]
    [InlineData("""{"deliver_policy":"last"}""", "c.e5")]
    [InlineData("""{"deliver_policy":"last","filter_subject":"~.a"}""", "a4")]
    [InlineData("""{"deliver_policy":"by_start_sequence","opt_start_seq":3}""", "c.d3 a4 c.e5")]
    [InlineData("""{"deliver_policy":"by_start_sequence","opt_start_seq":2,"filter_subject":"~.a"}""", "a4")]
    [InlineData("""{"deliver_policy":"by_start_time","opt_start_time":"2020-01-01T00:00:00Z"}""", "a1 b2 c.d3 a4 c.e5")]
    [InlineData("""{"deliver_policy":"by_start_time","opt_start_time":"2099-01-01T00:00:00Z"}""", "")]
    [InlineData("""{"deliver_policy":"last_per_subject","filter_subject":"~.>"}""", "b2 c.d3 a4 c.e5")]
    [InlineData("""{"deliver_policy":"last_per_subject","filter_subject":"~.*"}""", "b2 a4")]
    public async Task DeliverPolicy_NewConsumer_StartsThere(string config, string expected)
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync(config);

        (await consumer.NumberAsync("num_pending")).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        string.Join(' ', (await consumer.FetchAsync()).Select(message => message.Text)).ShouldBe(expected);
        await stream.PublishAsync("a", "later");
        bool takes = !config.Contains("c.*", StringComparison.Ordinal);
        string.Join(' ', (await consumer.FetchAsync()).Select(message => message.Text)).ShouldBe(takes ? "later" : "");
    }

    [Fact]
    public async Task StartSequence_InTheFuture_IsWaitedForByNewServers()
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"deliver_policy":"by_start_sequence","opt_start_seq":7}""");

        await stream.PublishAsync("a", "6");
        await stream.PublishAsync("a", "7");

        (await consumer.TextsAsync()).ShouldBe(IsOld ? ["6#1", "7#1"] : ["7#1"]);
    }

    [Fact]
    public async Task StartTime_Between_TakesWhatCameLater()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await Target.WaitAsync(() => false, Seconds(0.1));
        await stream.PublishAsync("a", "2");
        await stream.PublishAsync("a", "3");
        string time = (string)(await Client.DoAsync($"STREAM.MSG.GET.{stream.Name}", """{"seq":2}"""))["message"]!["time"]!;

        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_policy":"by_start_time","opt_start_time":"{{time}}"}""");

        (await consumer.TextsAsync()).ShouldBe(["2#1", "3#1"]);
    }

    [Fact]
    public async Task Recreated_Durable_StartsAgain()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.ConfirmAsync(await consumer.NextAsync());
        await consumer.DeleteAsync();

        (await (await stream.ConsumerAsync()).TextsAsync()).ShouldBe(["1#1"]);
        await consumer.DeleteAsync();
        (await (await stream.ConsumerAsync("""{"deliver_policy":"by_start_sequence","opt_start_seq":2}""")).TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Position_FilteredConsumer_IsThatOfItsDeliveries()
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"~.*"}""");
        foreach (Received message in await consumer.FetchAsync())
            await consumer.ConfirmAsync(message);

        (await consumer.PositionAsync("delivered")).ShouldBe(IsOld ? (3ul, 5ul) : (3ul, 4ul));
        (await consumer.PositionAsync("ack_floor")).Consumer.ShouldBe(3ul);
    }

    [Fact]
    public async Task Pending_MessageRemoved_IsCountedNoMore()
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync();

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":3}""");

        await consumer.ShouldHaveAsync("num_pending", 4);
    }

    [Fact]
    public async Task Pending_InAckSubjects_CountsDown()
    {
        WireStream stream = await FilledAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"filter_subject":"~.*"}""");

        (await consumer.FetchAsync()).Select(message => message.Pending).ShouldBe([2, 1, 0]);
    }

    [Fact]
    public async Task Limits_Discarding_SkipWhatIsGone()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs":2}""");
        WireConsumer consumer = await stream.ConsumerAsync();

        await stream.PublishManyAsync(5);

        (await consumer.NumberAsync("num_pending")).ShouldBe(2);
        (await consumer.TextsAsync()).ShouldBe(["4#1", "5#1"]);
    }

    [Fact]
    public async Task ReplayOriginal_OldMessages_ComeInTheirRhythm()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await Target.WaitAsync(() => false, Seconds(0.6));
        await stream.PublishAsync("a", "2");
        WireConsumer consumer = await stream.ConsumerAsync("""{"replay_policy":"original"}""");
        await using Inbox inbox = await consumer.PullAsync(5);

        IReadOnlyList<Received> both = await inbox.NextAsync(2);

        ShouldBeAt(both[1].At - both[0].At, 0.6);
    }

    private async Task<WireStream> FilledAsync()
    {
        WireStream stream = await NewStreamAsync();
        int sequence = 0;
        foreach (string subject in new[] { "a", "b", "c.d", "a", "c.e" })
            await stream.PublishAsync(subject, $"{subject}{++sequence}");
        return stream;
    }
}
