using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Prefixing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Prefixing;

/// <summary>Each call of the API: what goes out, and what comes back. Names that are meant are written as <c>orders</c>; what stays as it is, as <c>same</c>.</summary>
public class ApiFormsTests
{
    private const string StreamConfig = """
        {"name":"orders","description":"orders","subjects":["orders.>","$JS.EVENT.ADVISORY.>"],"mirror":{"name":"orders","filter_subject":"orders.a","subject_transforms":[{"src":"orders.*","dest":"orders.{{wildcard(1)}}"}],"external":{"api":"$JS.hub.API","deliver":"same"},"consumer":{"name":"same","deliver_subject":"orders.d"}},
        "sources":[{"name":"orders","opt_start_seq":18446744073709551615,"filter_subject":"orders.a"},{"name":"$outside-theirs","filter_subject":"$outside.theirs.>"}],"republish":{"src":"orders.>","dest":"orders.re.>","headers_only":true},"subject_transform":{"src":"orders.a","dest":"orders.b"},"placement":{"cluster":"same","tags":["same"]},"metadata":{"name":"same"},"unknown":{"name":"same"}}
        """;

    private const string StreamConfigThere = """
        {"name":"p-orders","description":"orders","subjects":["p.orders.>","$JS.EVENT.ADVISORY.>"],"mirror":{"name":"p-orders","filter_subject":"p.orders.a","subject_transforms":[{"src":"p.orders.*","dest":"p.orders.{{wildcard(1)}}"}],"external":{"api":"$JS.hub.API","deliver":"same"},"consumer":{"name":"same","deliver_subject":"p.orders.d"}},
        "sources":[{"name":"p-orders","opt_start_seq":18446744073709551615,"filter_subject":"p.orders.a"},{"name":"theirs","filter_subject":"theirs.>"}],"republish":{"src":"p.orders.>","dest":"p.orders.re.>","headers_only":true},"subject_transform":{"src":"p.orders.a","dest":"p.orders.b"},"placement":{"cluster":"same","tags":["same"]},"metadata":{"name":"same"},"unknown":{"name":"same"}}
        """;

    private const string StreamRest = ""","cluster":{"name":"same","leader":"same","replicas":[{"name":"same"}]},"ts":"2026-01-01T00:00:00.000000001Z" """;

    private const string StreamInfo = $$$"""
        {"type":"same","config":{{{StreamConfig}}},"state":{"messages":1,"subjects":{"orders.a":3,"$outside.theirs.a":1}},"mirror":{"name":"orders","lag":0,"filter_subject":"orders.a"},"sources":[{"name":"orders","subject_transforms":[{"src":"orders.a","dest":"orders.b"}]}],"alternates":[{"name":"orders","cluster":"same"}]{{{StreamRest}}}}
        """;

    private const string StreamInfoThere = $$$"""
        {"type":"same","config":{{{StreamConfigThere}}},"state":{"messages":1,"subjects":{"p.orders.a":3,"theirs.a":1}},"mirror":{"name":"p-orders","lag":0,"filter_subject":"p.orders.a"},"sources":[{"name":"p-orders","subject_transforms":[{"src":"p.orders.a","dest":"p.orders.b"}]}],"alternates":[{"name":"p-orders","cluster":"same"}]{{{StreamRest}}}}
        """;

    private const string Consumer = """{"stream_name":"orders","action":"create","name":"same","config":{"durable_name":"same","name":"same","filter_subject":"orders.a","filter_subjects":["orders.a","orders.b"],"deliver_subject":"orders.d","deliver_group":"same","metadata":{"name":"same"}},"num_pending":4}""";
    private const string ConsumerThere = """{"stream_name":"p-orders","action":"create","name":"same","config":{"durable_name":"same","name":"same","filter_subject":"p.orders.a","filter_subjects":["p.orders.a","p.orders.b"],"deliver_subject":"p.orders.d","deliver_group":"same","metadata":{"name":"same"}},"num_pending":4}""";
    private const string Nothing = """{"success":true,"name":"same","purged":3}""";

    /// <summary>Subject here and there, request here and there, answer there and here.</summary>
    public static TheoryData<string, string, string, string, string, string> Calls => new()
    {
        { "INFO", "INFO", "", "", """{"streams":7,"limits":{"max_streams":-1}}""", """{"streams":7,"limits":{"max_streams":-1}}""" },
        { "STREAM.CREATE.orders", "STREAM.CREATE.p-orders", StreamConfig, StreamConfigThere, StreamInfoThere, StreamInfo },
        { "STREAM.UPDATE.orders", "STREAM.UPDATE.p-orders", StreamConfig, StreamConfigThere, StreamInfoThere, StreamInfo },
        { "STREAM.INFO.orders", "STREAM.INFO.p-orders", """{"subjects_filter":"orders.>","offset":3}""", """{"subjects_filter":"p.orders.>","offset":3}""", StreamInfoThere, StreamInfo },
        { "STREAM.INFO.$outside-theirs", "STREAM.INFO.theirs", "", "", StreamInfoThere, StreamInfo },
        { "STREAM.DELETE.orders", "STREAM.DELETE.p-orders", "", "", Nothing, Nothing },
        { "STREAM.PURGE.orders", "STREAM.PURGE.p-orders", """{"filter":"orders.a","keep":1}""", """{"filter":"p.orders.a","keep":1}""", Nothing, Nothing },
        { "STREAM.NAMES", "STREAM.NAMES", """{"subject":"orders.a","offset":0}""", """{"subject":"p.orders.a","offset":0}""", """{"total":3,"streams":["orders","p-orders","q-orders"]}""", """{"total":3,"streams":[null,"orders",null]}""" },
        { "STREAM.LIST", "STREAM.LIST", """{"subject":"orders.a"}""", """{"subject":"p.orders.a"}""", $$$"""{"total":2,"streams":[{"config":{"name":"orders"}},{{{StreamInfoThere}}}]}""", $$$"""{"total":2,"streams":[null,{{{StreamInfo}}}]}""" },
        { "STREAM.MSG.GET.orders", "STREAM.MSG.GET.p-orders", """{"last_by_subj":"orders.a"}""", """{"last_by_subj":"p.orders.a"}""", """{"message":{"subject":"p.orders.a","seq":1,"data":"same"}}""", """{"message":{"subject":"orders.a","seq":1,"data":"same"}}""" },
        { "STREAM.MSG.GET.orders", "STREAM.MSG.GET.p-orders", """{"seq":1,"next_by_subj":"orders.a"}""", """{"seq":1,"next_by_subj":"p.orders.a"}""", """{"message":{"subject":"theirs.a"}}""", """{"message":{"subject":"$outside.theirs.a"}}""" },
        { "STREAM.MSG.DELETE.orders", "STREAM.MSG.DELETE.p-orders", """{"seq":1}""", """{"seq":1}""", Nothing, Nothing },
        { "STREAM.LEADER.STEPDOWN.orders", "STREAM.LEADER.STEPDOWN.p-orders", "", "", Nothing, Nothing },
        { "STREAM.PEER.REMOVE.orders", "STREAM.PEER.REMOVE.p-orders", """{"peer":"same"}""", """{"peer":"same"}""", Nothing, Nothing },
        { "CONSUMER.CREATE.orders", "CONSUMER.CREATE.p-orders", Consumer, ConsumerThere, ConsumerThere, Consumer },
        { "CONSUMER.CREATE.orders.c", "CONSUMER.CREATE.p-orders.c", Consumer, ConsumerThere, ConsumerThere, Consumer },
        { "CONSUMER.CREATE.orders.c.orders.*.a", "CONSUMER.CREATE.p-orders.c.p.orders.*.a", Consumer, ConsumerThere, ConsumerThere, Consumer },
        { "CONSUMER.CREATE.orders.c.>", "CONSUMER.CREATE.p-orders.c.p.>", Consumer, ConsumerThere, ConsumerThere, Consumer },
        { "CONSUMER.DURABLE.CREATE.orders.c", "CONSUMER.DURABLE.CREATE.p-orders.c", Consumer, ConsumerThere, ConsumerThere, Consumer },
        { "CONSUMER.INFO.orders.c", "CONSUMER.INFO.p-orders.c", "", "", ConsumerThere, Consumer },
        { "CONSUMER.DELETE.orders.c", "CONSUMER.DELETE.p-orders.c", "", "", Nothing, Nothing },
        { "CONSUMER.PAUSE.orders.c", "CONSUMER.PAUSE.p-orders.c", """{"pause_until":"same"}""", """{"pause_until":"same"}""", """{"paused":true}""", """{"paused":true}""" },
        { "CONSUMER.RESET.orders.c", "CONSUMER.RESET.p-orders.c", """{"seq":1}""", """{"seq":1}""", ConsumerThere, Consumer },
        { "CONSUMER.UNPIN.orders.c", "CONSUMER.UNPIN.p-orders.c", """{"group":"same"}""", """{"group":"same"}""", Nothing, Nothing },
        { "CONSUMER.LEADER.STEPDOWN.orders.c", "CONSUMER.LEADER.STEPDOWN.p-orders.c", "", "", Nothing, Nothing },
        { "CONSUMER.NAMES.orders", "CONSUMER.NAMES.p-orders", """{"offset":0}""", """{"offset":0}""", """{"consumers":["same"]}""", """{"consumers":["same"]}""" },
        { "CONSUMER.LIST.orders", "CONSUMER.LIST.p-orders", """{"offset":0}""", """{"offset":0}""", $$$"""{"consumers":[{{{ConsumerThere}}}]}""", $$$"""{"consumers":[{{{Consumer}}}]}""" },
        { "CONSUMER.MSG.NEXT.orders.c", "CONSUMER.MSG.NEXT.p-orders.c", """{"batch":1}""", """{"batch":1}""", "", "" },
        { "CONSUMER.MSG.NEXT.$outside-theirs.c", "CONSUMER.MSG.NEXT.theirs.c", "1", "1", "", "" },
        { "DIRECT.GET.orders", "DIRECT.GET.p-orders", """{"multi_last":["orders.a","orders.b"],"batch":1}""", """{"multi_last":["p.orders.a","p.orders.b"],"batch":1}""", "raw", "raw" },
        { "DIRECT.GET.orders.orders.a", "DIRECT.GET.p-orders.p.orders.a", "", "", "raw", "raw" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OnAPrefixedConnection_IsTranslatedBothWays(string own, string there, string request, string requestThere, string answerThere, string answer)
    {
        foreach (string root in new[] { "$JS.API.", "$JS.hub.API." })
        {
            var wire = new RecordingConnection { Answer = _ => RecordingConnection.Json(answerThere) };
            await using INatsConnection connection = wire.WithSubjectPrefix("p");

            NatsReply reply = await connection.RequestAsync(root + own, Encoding.UTF8.GetBytes(request), TimeSpan.FromSeconds(1));

            Sent sent = wire.Requested.ShouldHaveSingleItem();
            sent.Subject.ShouldBe(root + there);
            ShouldBeSame(sent.Payload, requestThere);
            ShouldBeSame(Encoding.UTF8.GetString(reply.Message.Payload.Span), answer);
            await connection.PublishAsync(root + own, Encoding.UTF8.GetBytes(request), replyTo: "_INBOX.x");
            (wire.All[1].Subject, wire.All[1].ReplyTo).ShouldBe((root + there, "_INBOX.x"));
            ShouldBeSame(wire.All[1].Payload, requestThere);
        }
    }

    // What the table does not know cannot be translated half.
    [Fact]
    public void Forms_EveryOne_HasARowAbove()
    {
        string[] rows = [.. Calls.Select(row => ((string)row.Data.Item1).Replace("$outside-theirs", "orders", StringComparison.Ordinal))];
        ApiForms.Calls.Where(form => !rows.Any(row => IsOf(form, row))).Select(form => form.Subject).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("$JS.API.STREAM.SNAPSHOT.orders")]
    [InlineData("$JS.API.SOMETHING.NEW")]
    [InlineData("$JS.hub.API.STREAM.INFO")]
    public async Task Call_ThatIsNotKnown_IsRefusedRatherThanSentAsItIs(string subject)
    {
        var wire = new RecordingConnection();
        await using INatsConnection connection = wire.WithSubjectPrefix("p");
        (await Should.ThrowAsync<NotSupportedException>(async () => await connection.RequestAsync(subject, [], TimeSpan.FromSeconds(1)))).Message.ShouldStartWith($"'{subject}' is no call of the JetStream API");
        wire.All.ShouldBeEmpty();
    }

    private static bool IsOf(ApiForm form, string call)
    {
        ApiSubject.Out(SubjectPrefix.Parse("p"), $"$JS.API.{call}", out ApiForm found);
        return found == form;
    }

    private static void ShouldBeSame(string actual, string expected)
    {
        if (expected.StartsWith('{'))
            JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)).ShouldBeTrue(actual);
        else
            actual.ShouldBe(expected);
    }
}
