using Nats.Consumer.Subjects;

namespace Nats.Consumer.Testing;

/// <summary>Which handlers take longer than they would.</summary>
internal sealed class SlowHandlers
{
    private readonly Lock _gate = new();
    private readonly List<Slowness> _all = [];

    public TimeSpan? DelayOf(string subject)
    {
        lock (_gate)
            return _all.FindLast(slow => slow.Subjects.Matches(subject))?.Delay;
    }

    public IDisposable Add(SubjectPattern subjects, TimeSpan delay)
    {
        var slow = new Slowness(this, subjects, delay);
        lock (_gate)
            _all.Add(slow);
        return slow;
    }

    private sealed class Slowness(SlowHandlers owner, SubjectPattern subjects, TimeSpan delay) : IDisposable
    {
        public SubjectPattern Subjects => subjects;

        public TimeSpan Delay => delay;

        public void Dispose()
        {
            lock (owner._gate)
                owner._all.Remove(this);
        }
    }
}
