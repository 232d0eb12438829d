using Nats.Consumer;

namespace ROOT_NAMESPACE;

/// <summary>What is consumed, and how. Every setting here can be overruled in appsettings.json, under Nats:Consumers:SampleConsumer.</summary>
//#if (consumer == "pull")
public sealed class SampleConsumer : PullConsumer
//#else
public sealed class SampleConsumer : PushConsumer
//#endif
{
    public override string StreamName => "STREAM_NAME";

    // What the worker is called on the server. Its instances share the messages; under another name it begins from the start of the stream.
    public override string DurableName => "DURABLE_NAME";

    public override IReadOnlyList<string> Subjects => ["SUBJECT"];

    // Attempts, and the delays between them.
    public override int MaxDeliver => 5;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

//#if (dlq)
    // What is given up is kept in the stream 'STREAM_NAME-dead-letters'; 'dlq list' shows it, 'dlq replay' tries it again.
    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.DeadLetter;
//#else
    // What is given up is logged and not kept.
    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Terminate;
//#endif

    // What 'setup' and 'run --setup' make of the stream on the server. What is not stated stays as it is there.
    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig("STREAM_NAME") { Subjects = ["STREAM_SUBJECT"], MaxAge = TimeSpan.FromDays(7) })];
}
