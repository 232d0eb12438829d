using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>A stream to copy messages from.</summary>
/// <param name="Name">The stream's name.</param>
public sealed record StreamSource(string Name)
{
    /// <summary>The first message to copy, by its number there.</summary>
    [JsonPropertyName("opt_start_seq")]
    public ulong? StartSequence { get; init; }

    /// <summary>The first message to copy, by the time at which it was stored.</summary>
    [JsonPropertyName("opt_start_time")]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Copies only these. Not together with <see cref="SubjectTransforms"/>.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public string? FilterSubject { get; init; }

    /// <summary>Copies only what one of them matches, under the subject that it makes of it. 2.10 and later.</summary>
    public IReadOnlyList<SubjectTransform>? SubjectTransforms { get; init; }

    /// <summary>How to reach the stream in another account or domain.</summary>
    public ExternalStream? External { get; init; }

    /// <summary>Copies through a consumer that exists there, instead of one that the server makes. 2.14 and later.</summary>
    public StreamSourceConsumer? Consumer { get; init; }

    /// <summary>Fields that this version does not know.</summary>
    [JsonIgnore]
    public JsonObject? AdditionalFields
    {
        get => Rest is null ? null : new JsonObject(Rest.Select(item => KeyValuePair.Create(item.Key, ModelJson.ToNode(item.Value))));
        init => Rest = value?.ToDictionary(item => item.Key, item => ModelJson.ToElement(item.Value));
    }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? Rest { get; set; }

    /// <summary>A stream of another JetStream domain.</summary>
    public static StreamSource InDomain(string name, string domain) => new(name) { External = new ExternalStream($"$JS.{domain}.API") };
}

/// <summary>The way to a stream in another account or domain.</summary>
/// <param name="Api">The prefix of its JetStream API here, such as <c>$JS.hub.API</c>.</param>
/// <param name="Deliver">The prefix of its deliveries here; empty for none.</param>
public sealed record ExternalStream(string Api, string Deliver = "");

/// <summary>A push consumer to copy through.</summary>
/// <param name="Name">The consumer's name.</param>
/// <param name="DeliverSubject">Where it delivers.</param>
public sealed record StreamSourceConsumer(string Name, [property: StringSyntax("NatsSubject")] string? DeliverSubject = null);

/// <summary>Makes one subject of another.</summary>
/// <param name="Source">The pattern that it is for.</param>
/// <param name="Destination">What becomes of it: <c>{{wildcard(1)}}</c> stands for the first wildcard's token, <c>{{partition(4,1)}}</c> for a number below four made of it.</param>
public sealed record SubjectTransform(
    [property: JsonPropertyName("src"), StringSyntax("NatsSubjectPattern")] string Source,
    [property: JsonPropertyName("dest")] string Destination);

/// <summary>Publishes stored messages again.</summary>
/// <param name="Source">What is published again; empty for everything.</param>
/// <param name="Destination">Under which subject; may have <c>{{wildcard(1)}}</c> in it. The stream may not capture it.</param>
/// <param name="HeadersOnly">Without the payload; its size is in the header <c>Nats-Msg-Size</c>.</param>
public sealed record StreamRepublish(
    [property: JsonPropertyName("src"), StringSyntax("NatsSubjectPattern")] string Source,
    [property: JsonPropertyName("dest")] string Destination,
    bool HeadersOnly = false);

/// <summary>Limits and defaults of a stream's consumers.</summary>
public sealed record StreamConsumerLimits
{
    /// <summary>The longest <see cref="ConsumerConfig.InactiveThreshold"/>, and the default.</summary>
    public TimeSpan? InactiveThreshold { get; init; }

    /// <summary>The largest <see cref="ConsumerConfig.MaxAckPending"/>, and the default.</summary>
    public int? MaxAckPending { get; init; }
}
