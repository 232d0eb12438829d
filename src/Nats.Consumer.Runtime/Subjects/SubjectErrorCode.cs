namespace Nats.Consumer.Subjects;

/// <summary>What is wrong with a subject. One code is one remedy.</summary>
internal enum SubjectErrorCode
{
    /// <summary>There is no text at all.</summary>
    Empty,

    /// <summary>Two dots in a row.</summary>
    EmptyToken,

    /// <summary>A dot before the first token.</summary>
    LeadingDot,

    /// <summary>A dot after the last token.</summary>
    TrailingDot,

    /// <summary>Any white space; the protocol separates its fields by it.</summary>
    WhiteSpace,

    /// <summary>A control character other than white space.</summary>
    ControlCharacter,

    /// <summary>Half of a surrogate pair: UTF-8 cannot carry it, so another subject would go over the wire.</summary>
    UnpairedSurrogate,

    /// <summary><c>&gt;</c> before the last token.</summary>
    RestNotLast,

    /// <summary><c>*</c> or <c>&gt;</c> within a longer token.</summary>
    PartialWildcard,

    /// <summary>A brace without its counterpart.</summary>
    UnbalancedBrace,

    /// <summary><c>{name}</c> within a longer token.</summary>
    PartialParameter,

    /// <summary>The name of a parameter is empty or not a C# identifier.</summary>
    InvalidParameterName,

    /// <summary>Two parameters of one pattern share a name.</summary>
    DuplicateParameterName,

    /// <summary><c>*</c>, <c>&gt;</c> or <c>{name}</c> where a concrete subject is needed.</summary>
    WildcardInSubject,
}
