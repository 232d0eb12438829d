using Nats.Consumer.Streams;

namespace Nats.Consumer.Tests.Streams;

public class StreamJsonTests
{
    [Fact]
    public void From_NameOnly_StatesNothingElse() => StreamJson.From(new StreamConfig("orders")).ToJsonString().ShouldBe("""{"name":"orders"}""");

    [Fact]
    public void From_Everything_IsTheServersJson() => StreamJson.From(new StreamConfig("orders")
    {
        Subjects = ["orders.>"],
        Description = "Orders",
        Retention = StreamRetention.WorkQueue,
        Storage = StreamStorage.Memory,
        MaxMessages = 1,
        MaxMessagesPerSubject = 2,
        MaxBytes = 3,
        MaxMessageSize = 4,
        MaxAge = TimeSpan.FromSeconds(5),
        Discard = StreamDiscard.New,
        DuplicateWindow = TimeSpan.FromSeconds(6),
        Replicas = 3,
        AllowDirect = true,
        AllowRollup = false,
        DenyDelete = true,
        DenyPurge = false,
        Metadata = new Dictionary<string, string> { ["team"] = "sales" },
    }).ToJsonString().ShouldBe(
        """{"name":"orders","subjects":["orders.\u003E"],"description":"Orders","retention":"workqueue","storage":"memory","max_msgs":1,"max_msgs_per_subject":2"""
        + ""","max_bytes":3,"max_msg_size":4,"max_age":5000000000,"discard":"new","duplicate_window":6000000000,"num_replicas":3,"allow_direct":true"""
        + ""","allow_rollup_hdrs":false,"deny_delete":true,"deny_purge":false,"metadata":{"team":"sales"}}""");

    [Theory]
    [InlineData(StreamRetention.Limits, "limits")]
    [InlineData(StreamRetention.Interest, "interest")]
    [InlineData(StreamRetention.WorkQueue, "workqueue")]
    public void From_Retention_IsTheServersWord(StreamRetention retention, string word) =>
        ((string?)StreamJson.From(new StreamConfig("orders") { Retention = retention })["retention"]).ShouldBe(word);

    [Fact]
    public void From_DefaultsStatedOnPurpose_AreSent() =>
        StreamJson.From(new StreamConfig("orders") { Storage = StreamStorage.File, Discard = StreamDiscard.Old, MaxAge = TimeSpan.Zero }).ToJsonString()
            .ShouldBe("""{"name":"orders","storage":"file","max_age":0,"discard":"old"}""");

    [Fact]
    public void From_ParameterInASubject_IsAWildcardForTheServer() =>
        StreamJson.From(new StreamConfig("orders") { Subjects = ["orders.{id}.shipped"] })["subjects"]!.ToJsonString().ShouldBe("""["orders.*.shipped"]""");
}
