namespace Nats.Consumer.Analyzers;

/// <summary>What a marked string is.</summary>
internal enum SubjectKind
{
    /// <summary>Nothing that concerns us.</summary>
    None,

    /// <summary><c>[StringSyntax("NatsSubject")]</c>: what a message is published to.</summary>
    Subject,

    /// <summary><c>[StringSyntax("NatsSubjectPattern")]</c>: wildcards and parameters are welcome.</summary>
    Pattern,
}

/// <summary>Which place of our API a subject stands in.</summary>
internal enum SubjectRole
{
    /// <summary>A parameter or a property of the user's own.</summary>
    Other,

    /// <summary>[Handle].</summary>
    Handler,

    /// <summary>JetStreamConsumer.Subjects.</summary>
    Consumer,

    /// <summary>StreamConfig.Subjects.</summary>
    Stream,

    /// <summary>ConsumerConfig.FilterSubjects: given to the server as it is.</summary>
    Filter,

    /// <summary>A subject that the runtime publishes to.</summary>
    Publish,
}
