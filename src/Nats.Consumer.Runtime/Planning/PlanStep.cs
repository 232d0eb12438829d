using Nats.Consumer.Streams;

namespace Nats.Consumer.Planning;

/// <summary>What setting up does to one stream or consumer.</summary>
/// <param name="Action">What.</param>
/// <param name="What">To what, in words.</param>
internal sealed record PlanStep(PlanAction Action, string What)
{
    /// <summary>On which connection; <see langword="null"/> for the default one.</summary>
    public string? Connection { get; init; }

    /// <summary>What names have on that server and not here; <see langword="null"/> for nothing.</summary>
    public string? SubjectPrefix { get; init; }

    /// <summary>The fields that change.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>What that means, in words.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Why it cannot be, and what to do instead.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether something is lost by it.</summary>
    public bool IsDestructive => Action == PlanAction.Delete || Effects.Any(effect => effect.EndsWith(NoWayBack, StringComparison.Ordinal));

    /// <summary>Whether the server is not as the code says.</summary>
    public bool IsDrift => Action != PlanAction.Nothing;

    /// <summary>How an effect ends that loses something.</summary>
    public const string NoWayBack = "There is no way back.";

    public static PlanStep Refused(string what, string problem, IReadOnlyList<FieldChange>? fields = null) => new(PlanAction.Impossible, what) { Problem = problem, Fields = fields ?? [] };
}

internal enum PlanAction
{
    /// <summary>All is as wanted.</summary>
    Nothing,
    Create,
    Update,
    Delete,

    /// <summary>The server cannot do it, or would ignore it.</summary>
    Impossible,
}

internal enum OperationKind
{
    Create,
    CreateOrUpdate,
    Update,
    Delete,
}
