namespace Nats.Consumer.Subjects;

/// <summary>What a token of a pattern takes. The order is the order of specificity: the most specific kind is the smallest.</summary>
internal enum SubjectTokenKind
{
    /// <summary>Exactly this text.</summary>
    Literal,

    /// <summary>Any one token: <c>*</c> or <c>{name}</c>.</summary>
    Any,

    /// <summary>One or more tokens up to the end: <c>&gt;</c>.</summary>
    Rest,
}
