using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory;

/// <summary>What shall go wrong.</summary>
internal sealed class Faults
{
    private readonly List<PublishFault> _publishes = [];

    /// <summary>What goes wrong with a publish to a stream; <see langword="null"/> for nothing.</summary>
    public PublishFault? OnPublish(ReadOnlySpan<byte> subject)
    {
        foreach (PublishFault fault in _publishes)
        {
            if (!fault.Subjects.Matches(subject))
                continue;
            if (fault.Left is { } left && (fault.Left = left - 1) == 0)
                _publishes.Remove(fault);
            return fault;
        }

        return null;
    }

    public void Add(PublishFault fault) => _publishes.Add(fault);

    public void Remove(PublishFault fault) => _publishes.Remove(fault);
}

/// <summary>Publishes to these subjects fail: with an error, or without an answer.</summary>
internal sealed class PublishFault(Pattern subjects, ApiError? error)
{
    public Pattern Subjects => subjects;

    public ApiError? Error => error;

    /// <summary>How many more; <see langword="null"/> for all.</summary>
    public int? Left { get; set; }
}
