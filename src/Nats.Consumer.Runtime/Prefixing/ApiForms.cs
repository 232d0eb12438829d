using static Nats.Consumer.Prefixing.JsonShape;

namespace Nats.Consumer.Prefixing;

/// <summary>A call of the JetStream API, or an event of it.</summary>
/// <param name="Subject">Its subject behind <c>$JS.</c> or <c>$JS.API.</c>: <c>STREAM</c> in angle brackets stands for a stream's name, <c>*</c> for another token, <c>></c> at the end for a subject or none.</param>
/// <param name="Request">Where the request's JSON names something; <see langword="null"/> for nowhere.</param>
/// <param name="Answer">Where the answer's JSON does, or the event's.</param>
internal sealed record ApiForm(string Subject, JsonShape? Request = null, JsonShape? Answer = null)
{
    public string[] Tokens { get; } = Subject.Split('.');
}

/// <summary>All calls of the JetStream API (nats-server 2.15): where each of them names streams and subjects.</summary>
internal static class ApiForms
{
    private static readonly JsonShape Transform = Object(("src", SubjectOrAll), ("dest", Subject));
    private static readonly JsonShape Source = Object(
        ("name", StreamName), ("filter_subject", Subject), ("subject_transforms", Each(Transform)), ("consumer", Object(("deliver_subject", Subject))));

    private static readonly JsonShape StreamConfig = StreamConfigOf(Object(
        ("name", StreamName),
        ("subjects", Each(Subject)),
        ("mirror", Source),
        ("sources", Each(Source)),
        ("subject_transform", Transform),
        ("republish", Transform)));

    private static readonly JsonShape StreamInfo = Object(
        ("config", StreamConfig),
        ("state", Object(("subjects", SubjectKeys))),
        ("mirror", Source),
        ("sources", Each(Source)),
        ("alternates", Each(Object(("name", StreamName)))));

    private static readonly JsonShape ConsumerConfig = Object(("filter_subject", Subject), ("filter_subjects", Each(Subject)), ("deliver_subject", Subject));
    private static readonly JsonShape ConsumerInfo = Object(("stream_name", StreamName), ("config", ConsumerConfig));
    private static readonly JsonShape CreateConsumer = Object(("stream_name", StreamName), ("config", ConsumerConfig));
    private static readonly JsonShape WhichMessage = Object(("last_by_subj", Subject), ("next_by_subj", Subject), ("multi_last", Each(Subject)));
    private static readonly JsonShape Event = Object(("stream", StreamName), ("subject", Subject));

    /// <summary>What is behind <c>$JS.API.</c>, or <c>$JS.DOMAIN.API.</c>.</summary>
    public static readonly IReadOnlyList<ApiForm> Calls =
    [
        new("INFO"),
        new("STREAM.CREATE.<STREAM>", StreamConfig, StreamInfo),
        new("STREAM.UPDATE.<STREAM>", StreamConfig, StreamInfo),
        new("STREAM.INFO.<STREAM>", Object(("subjects_filter", Subject)), StreamInfo),
        new("STREAM.DELETE.<STREAM>"),
        new("STREAM.PURGE.<STREAM>", Object(("filter", Subject))),
        new("STREAM.NAMES", Object(("subject", Subject)), Object(("streams", Own(StreamName)))),
        new("STREAM.LIST", Object(("subject", Subject)), Object(("streams", Own(StreamInfo, "config", "name")))),
        new("STREAM.MSG.GET.<STREAM>", WhichMessage, Object(("message", Object(("subject", Subject))))),
        new("STREAM.MSG.DELETE.<STREAM>"),
        new("STREAM.LEADER.STEPDOWN.<STREAM>"),
        new("STREAM.PEER.REMOVE.<STREAM>"),
        new("CONSUMER.CREATE.<STREAM>", CreateConsumer, ConsumerInfo),
        new("CONSUMER.CREATE.<STREAM>.*.>", CreateConsumer, ConsumerInfo),
        new("CONSUMER.DURABLE.CREATE.<STREAM>.*", CreateConsumer, ConsumerInfo),
        new("CONSUMER.INFO.<STREAM>.*", null, ConsumerInfo),
        new("CONSUMER.DELETE.<STREAM>.*"),
        new("CONSUMER.PAUSE.<STREAM>.*"),
        new("CONSUMER.RESET.<STREAM>.*", null, ConsumerInfo),
        new("CONSUMER.UNPIN.<STREAM>.*"),
        new("CONSUMER.LEADER.STEPDOWN.<STREAM>.*"),
        new("CONSUMER.NAMES.<STREAM>"),
        new("CONSUMER.LIST.<STREAM>", null, Object(("consumers", Each(ConsumerInfo)))),
        new("CONSUMER.MSG.NEXT.<STREAM>.*"),
        new("DIRECT.GET.<STREAM>.>", WhichMessage),
    ];

    /// <summary>What is behind <c>$JS.</c> and tells of streams.</summary>
    public static readonly IReadOnlyList<ApiForm> Events =
    [
        new("EVENT.ADVISORY.CONSUMER.*.<STREAM>.*", Event, Event),
        new("EVENT.ADVISORY.STREAM.*.<STREAM>", Event, Event),
        new("EVENT.METRIC.CONSUMER.ACK.<STREAM>.*", Event, Event),
    ];
}
