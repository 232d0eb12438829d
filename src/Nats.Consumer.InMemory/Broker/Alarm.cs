namespace Nats.Consumer.InMemory.Broker;

/// <summary>Something that happens at a time, once, unless it is set anew. All under the broker's lock.</summary>
internal sealed class Alarm(Schedule schedule, Action ring)
{
    /// <summary>Off.</summary>
    public const long Never = long.MaxValue;

    /// <summary>When it rings, in nanoseconds of Unix time.</summary>
    public long Due { get; private set; } = Never;

    /// <summary>When the schedule looks at it; never after <see cref="Due"/>.</summary>
    public long LookedAt { get; set; } = Never;

    public void Set(long due)
    {
        Due = due;
        schedule.Watch(this);
    }

    /// <summary>Lets it ring at that time, unless it rings earlier anyway.</summary>
    public void SetNoLaterThan(long due)
    {
        if (due < Due)
            Set(due);
    }

    public void Stop() => Due = Never;

    public void Ring()
    {
        Due = Never;
        ring();
    }
}
