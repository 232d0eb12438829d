namespace Nats.Consumer.InMemory.Api;

/// <summary>The errors of nats-server.</summary>
internal static class Errors
{
    public static ApiError BadRequest() => new(400, 10003, "bad request");

    public static ApiError ConsumerCreate(string reason) => new(500, 10012, reason);

    public static ApiError ConsumerNameExists() => new(400, 10013, "consumer name already in use");

    public static ApiError ConsumerNotFound() => new(404, 10014, "consumer not found");

    public static ApiError InvalidJson(string? detail) => new(400, 10025, detail is null ? "invalid JSON" : $"invalid JSON: {detail}");

    public static ApiError MaximumConsumers() => new(400, 10026, "maximum consumers limit reached");

    public static ApiError NoMessageFound() => new(404, 10037, "no message found");

    public static ApiError SequenceNotFound(ulong sequence) => new(400, 10043, $"sequence {sequence} not found");

    public static ApiError StreamInvalidConfig(string reason) => new(500, 10052, reason);

    public static ApiError MessageTooLarge() => new(400, 10054, "message size exceeds maximum allowed");

    public static ApiError StreamMismatch() => new(400, 10056, "stream name in subject does not match request");

    public static ApiError MessageDeleteFailed(string reason) => new(500, 10057, reason);

    public static ApiError StreamNameInUse() => new(400, 10058, "stream name already in use with a different configuration");

    public static ApiError StreamNotFound() => new(404, 10059, "stream not found");

    public static ApiError WrongExpectedStream() => new(400, 10060, "expected stream does not match");

    public static ApiError SubjectsOverlap() => new(400, 10065, "subjects overlap with an existing stream");

    public static ApiError StreamPurgeFailed(string reason) => new(500, 10110, reason);

    public static ApiError ConsumerAckPolicyNoneWithMaxAckPending() => new(400, 10082, "consumer requires ack policy for max ack pending");

    public static ApiError WrongLastMessageId(string id) => new(400, 10070, $"wrong last msg ID: {id}");

    public static ApiError WrongLastSequence(ulong sequence) => new(400, 10071, $"wrong last sequence: {sequence}");

    public static ApiError ReplicasNotSupported() => new(500, 10074, "replicas > 1 not supported in non-clustered mode");

    public static ApiError StoreFailed(string reason) => new(503, 10077, reason);

    public static ApiError DeliverToWildcards() => new(400, 10079, "consumer deliver subject has wildcards");

    public static ApiError PushMaxWaiting() => new(400, 10080, "consumer in push mode can not set max waiting");

    public static ApiError DeliverCycle() => new(400, 10081, "consumer deliver subject forms a cycle");

    public static ApiError SmallHeartbeat() => new(400, 10083, "consumer idle heartbeat needs to be >= 100ms");

    public static ApiError PullRequiresAck(bool isExplicit) => new(400, 10084, $"consumer in pull mode requires {(isExplicit ? "explicit " : "")}ack policy{(isExplicit ? " on workqueue stream" : "")}");

    public static ApiError NoMessageToPurge() => new(500, 10051, "no message found");

    public static ApiError PullWithRateLimit() => new(400, 10086, "consumer in pull mode can not have rate limit set");

    public static ApiError MaxWaitingNegative() => new(400, 10087, "consumer max waiting needs to be positive");

    public static ApiError HeartbeatRequiresPush() => new(400, 10088, "consumer idle heartbeat requires a push based consumer");

    public static ApiError FlowControlRequiresPush() => new(400, 10089, "consumer flow control requires a push based consumer");

    public static ApiError FilterNotSubset() => new(400, 10093, "consumer filter subject is not a valid subset of the interest subjects");

    public static ApiError InvalidPolicy(string reason) => new(400, 10094, reason);

    public static ApiError InvalidSampling(string reason) => new(400, 10095, $"failed to parse consumer sampling configuration: {reason}");

    public static ApiError StreamInvalid() => new(500, 10096, "stream not valid");

    public static ApiError HeadersTooLarge() => new(400, 10097, "header size exceeds maximum allowed of 64k");

    public static ApiError WorkQueueRequiresExplicitAck() => new(400, 10098, "workqueue stream requires explicit ack");

    public static ApiError WorkQueueMultipleUnfiltered() => new(400, 10099, "multiple non-filtered consumers not allowed on workqueue stream");

    public static ApiError WorkQueueNotUnique() => new(400, 10100, "filtered consumer not unique on workqueue stream");

    public static ApiError WorkQueueNotDeliverAll() => new(400, 10101, "consumer must be deliver all on workqueue stream");

    public static ApiError ConsumerNameTooLong(int longest) => new(400, 10102, $"consumer name is too long, maximum allowed is {longest}");

    public static ApiError BadDurableName() => new(400, 10103, "durable name can not contain '.', '*', '>'");

    public static ApiError ConsumerDescriptionTooLong(int longest) => new(400, 10107, $"consumer description is too long, maximum allowed is {longest}");

    public static ApiError FlowControlNeedsHeartbeats() => new(400, 10108, "consumer with flow control also needs heartbeats");

    public static ApiError StreamSealed() => new(400, 10109, "invalid operation on sealed stream");

    public static ApiError RollupFailed(string reason) => new(500, 10111, reason);

    public static ApiError InvalidDeliverSubject() => new(400, 10112, "invalid push consumer deliver subject");

    public static ApiError MaxRequestBatchNegative() => new(400, 10114, "consumer max request batch needs to be > 0");

    public static ApiError MaxRequestExpiresTooSmall() => new(400, 10115, "consumer max request expires needs to be >= 1ms");

    public static ApiError MaxDeliverBackoff() => new(400, 10116, "max deliver is required to be > length of backoff values");

    public static ApiError StreamNameContainsPathSeparators() => new(400, 10128, "Stream name can not contain path separators");

    public static ApiError ConsumerNameContainsPathSeparators() => new(400, 10127, "Consumer name can not contain path separators");

    public static ApiError ConsumerMaxPendingAckExcess(int limit) => new(400, 10121, $"consumer max ack pending exceeds system limit of {limit}");

    public static ApiError ConsumerReplicasExceedsStream() => new(400, 10126, "consumer config replica count exceeds parent stream");

    public static ApiError ReplicasNegative() => new(400, 10133, "replicas count cannot be negative");

    public static ApiError ReplicasShouldMatchStream() => new(400, 10134, "consumer config replicas must match interest retention stream's replicas");

    public static ApiError ConsumerMetadataTooLong() => new(400, 10135, "consumer metadata exceeds maximum size of 128KB");

    public static ApiError DuplicateFilterSubjects() => new(400, 10136, "consumer cannot have both FilterSubject and FilterSubjects specified");

    public static ApiError OverlappingFilters() => new(400, 10138, "consumer subject filters cannot overlap");

    public static ApiError EmptyFilter() => new(400, 10139, "consumer filter in FilterSubjects cannot be empty");

    public static ApiError ConsumerExists() => new(400, 10148, "consumer already exists");

    public static ApiError ConsumerDoesNotExist() => new(400, 10149, "consumer does not exist");

    public static ApiError InactiveThresholdExcess(string limit) => new(400, 10153, $"consumer inactive threshold exceeds system limit of {limit}");

    public static ApiError TtlInvalid() => new(400, 10165, "invalid per-message TTL");

    public static ApiError TtlDisabled() => new(400, 10166, "per-message TTL is disabled");

    public static ApiError DurableNameNotMatchSubject() => new(400, 10017, "consumer name in subject does not match durable name in request");

    public static ApiError DurableNameNotSet() => new(400, 10018, "consumer expected to be durable but a durable name was not set");

    public static ApiError EphemeralWithDurableName() => new(400, 10020, "consumer expected to be ephemeral but a durable name was set in request");

    public static ApiError MultipleFiltersNotAllowed() => new(400, 10137, "consumer with multiple subject filters cannot use subject based API");

    public static ApiError FilterSubjectMismatch() => new(400, 10131, "Consumer create request did not match filtered subject from create subject");

    public static ApiError NotEmptyRequest() => new(400, 10038, "expected an empty request payload");

    public static ApiError DurableAndNameMismatch() => new(400, 10132, "Consumer Durable and Name have to be equal if both are provided");

    public static ApiError BackoffNegative() => new(400, 10184, "consumer backoff needs to be positive");

    public static ApiError AckWaitNegative() => new(400, 10183, "consumer ack wait needs to be positive");
}
