namespace Nats.Consumer.InMemory;

/// <summary>
/// Which nats-server an in-memory one behaves as. Both are held to the real server by one conformance suite. What is different between them and matters to a consumer is stated here;
/// the rest follows the newest.
/// </summary>
public sealed class InMemoryServerVersion
{
    private static readonly string[] StreamFieldsSince210 =
    [
        "compression", "first_seq", "subject_transform", "consumer_limits", "allow_msg_ttl", "subject_delete_marker_ttl", "allow_msg_counter", "allow_atomic", "allow_msg_schedules",
        "persist_mode", "allow_batched", "metadata",
    ];

    private static readonly string[] ConsumerFieldsSince210 =
        ["filter_subjects", "metadata", "pause_until", "priority_groups", "priority_policy", "priority_timeout", "sourcing"];

    private InMemoryServerVersion(string text)
    {
        Text = text;
        Number = Version.Parse(text);
    }

    /// <summary>nats-server 2.9.10, the oldest that the toolkit supports: no several filters, no metadata, no pause, no reasons for TERM, unknown fields are ignored.</summary>
    public static InMemoryServerVersion Nats29 { get; } = new("2.9.10")
    {
        UnknownStreamFields = StreamFieldsSince210,
        UnknownConsumerFields = ConsumerFieldsSince210,
    };

    /// <summary>nats-server 2.15.1, the newest that the toolkit is tested with.</summary>
    public static InMemoryServerVersion Nats215 { get; } = new("2.15.1") { IsModern = true };

    /// <summary>What the server says as its version.</summary>
    public string Text { get; }

    /// <summary>The numbers of <see cref="Text"/>.</summary>
    public Version Number { get; }

    /// <summary>Fields of configurations that it ignores, and does not tell.</summary>
    internal IReadOnlyList<string> UnknownStreamFields { get; private init; } = [];

    /// <inheritdoc cref="UnknownStreamFields"/>
    internal IReadOnlyList<string> UnknownConsumerFields { get; private init; } = [];

    /// <summary>Whether it is one of the newest. The properties below say what that means where it matters.</summary>
    private bool IsModern { get; init; }

    /// <summary>A field that it does not know is an error (since 2.12); before, it is ignored.</summary>
    internal bool IsStrict => IsModern;

    /// <summary>An error says what is wrong with the JSON.</summary>
    internal bool ExplainsJsonErrors => IsModern;

    /// <summary>The action of a consumer's creation counts; before, a create overwrites and an update creates.</summary>
    internal bool HasActions => IsModern;

    /// <summary>Assets carry the server's version in their metadata.</summary>
    internal bool AddsMetadata => IsModern;

    /// <summary>A pull on a consumer that does not exist is answered with 503; before, with nothing.</summary>
    internal bool AnswersPullsOfMissingConsumers => IsModern;

    /// <summary>503 names the subject.</summary>
    internal bool NamesSubjectInNoResponders => IsModern;

    /// <summary><c>+TERM reason</c> is understood (since 2.10.4); before, the whole command is ignored.</summary>
    internal bool KnowsTermReasons => IsModern;

    /// <summary>A message whose ack wait runs out at its last delivery is given up at once; before, only when a pull asks for it again.</summary>
    internal bool GivesUpWithoutPull => IsModern;

    /// <summary>What is given up is kept in streams with interest or work-queue retention, even below the ack floor.</summary>
    internal bool KeepsGivenUp => IsModern;

    /// <summary>As many back-off values as deliveries are allowed, and any number without a limit of deliveries; before, they must be fewer.</summary>
    internal bool AllowsBackoffUpToMaxDeliver => IsModern;

    /// <summary>A pull with heartbeats that finds too many others waiting is dropped without a word.</summary>
    internal bool DropsPullsWithHeartbeatSilently => IsModern;

    /// <summary>A filter must lie in the stream's subjects.</summary>
    internal bool RequiresFilterInStream => !IsModern;

    /// <summary>Filters of consumers of a work queue may overlap as long as none covers the other.</summary>
    internal bool OverlooksPartialOverlap => !IsModern;

    /// <summary>Retention may change between limits and interest, and the number of consumers may be limited later.</summary>
    internal bool AllowsMoreStreamUpdates => IsModern;

    /// <summary>Storage of a consumer cannot be changed; before, the change is accepted.</summary>
    internal bool RefusesConsumerStorageChange => IsModern;

    /// <summary>Streams that capture subjects of the API itself need no_ack.</summary>
    internal bool GuardsSystemSubjects => IsModern;

    /// <summary>A duplicate is told as such even if it expects another last sequence; later servers refuse it.</summary>
    internal bool LooksForDuplicatesFirst => !IsModern;

    /// <summary>A pull that was served all its messages, but not all the bytes that it allowed, is told so.</summary>
    internal bool TellsWhenBatchIsComplete => IsModern;

    /// <summary>A pull that does not want to wait ends with 404 when there is nothing more; before, with 408, and only if it got something.</summary>
    internal bool EndsNoWaitWith404 => IsModern;

    /// <summary>A consumer that nobody uses is kept until its last ack wait has ended.</summary>
    internal bool WaitsForAcksBeforeDeletion => IsModern;

    /// <summary>Tells the recorded ack floor, which giving messages up does not move; before, the one that it works with.</summary>
    internal bool TellsRecordedFloor => IsModern;

    /// <summary>An ack of a message that was not delivered yet is ignored and not confirmed.</summary>
    internal bool IgnoresAcksFromTheFuture => IsModern;

    /// <summary>A consumer that needs no acks confirms them all the same; later, nobody listens to them.</summary>
    internal bool ListensToUnneededAcks => !IsModern;

    /// <summary>A consumer may start at a sequence that does not exist yet; before, it started at the next one.</summary>
    internal bool MayStartInTheFuture => IsModern;

    /// <summary>What a message that would be too much for <c>max_bytes</c> counts: only headers and payload, and it must stay below.</summary>
    internal bool CountsBytesLoosely => !IsModern;

    /// <summary>A purge up to sequence 1 is one of everything; later, of nothing.</summary>
    internal bool PurgesAllUpToFirst => !IsModern;

    /// <summary>
    /// A consumer whose filter is changed is still woken by the messages of its first one; what the new filter takes waits until somebody pulls anew. (A defect of the server.)
    /// </summary>
    internal bool WakesByFirstFilter => !IsModern;

    /// <summary>A consumer whose filter was a plain subject takes the wildcards of a new one for letters, and so gets nothing any more. (A defect of the server.)</summary>
    internal bool KeepsFiltersLiteral => !IsModern;

    /// <summary>
    /// A consumer whose filter is taken away is woken, and counts, no more: new messages wait until somebody pulls anew, and streams with interest retention do not store them. (A defect of the server.)
    /// </summary>
    internal bool SleepsWithoutFilter => IsModern;

    /// <summary>A limit that is lowered takes the oldest messages away even from a stream that discards new ones.</summary>
    internal bool EnforcesLoweredLimits => !IsModern;

    /// <summary>A consumer that has nothing pending takes a nak for any message that it may have delivered, and delivers it again.</summary>
    internal bool TakesNaksOfOthers => !IsModern;

    /// <summary>Giving a message up moves the ack floor that the server works with.</summary>
    internal bool RaisesFloorOverGivenUp => IsModern;

    /// <summary>An ack of a message that is not pending any more, but was delivered right after the floor, moves the floor.</summary>
    internal bool RaisesFloorOverLateAcks => !IsModern;

    /// <summary>A message id of a message that nobody was interested in is remembered with the sequence that the publisher was told; before, with zero.</summary>
    internal bool RemembersSequencesOfUnwanted => IsModern;

    /// <summary>A work queue deletes a message when any consumer acknowledges it; later, when none needs it any more.</summary>
    internal bool EmptiesWorkQueueAtOnce => !IsModern;

    /// <summary>A purge makes consumers forget all that they have pending, also what is still there, but not how often they delivered what is gone.</summary>
    internal bool ForgetsPendingAtPurge => !IsModern;

    /// <summary>A message that leaves the stream is no longer counted among those that were delivered again.</summary>
    internal bool ForgetsRedeliveriesOfRemoved => IsModern;

    /// <summary>A purge up to a sequence that lies below the first message is an error of streams in memory. (A defect of the server.)</summary>
    internal bool RefusesToPurgeNothing => !IsModern;

    /// <summary>An error says that a pull consumer of a work queue needs explicit acks, where before any.</summary>
    internal bool AsksForExplicitAcks => IsModern;

    /// <summary>Consumers can be paused.</summary>
    internal bool HasPause => IsModern;

    /// <summary>Messages can have a time to live of their own.</summary>
    internal bool HasMessageTtl => IsModern;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
