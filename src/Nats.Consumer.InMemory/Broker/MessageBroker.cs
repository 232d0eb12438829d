using System.Globalization;
using System.Text;

namespace Nats.Consumer.InMemory.Broker;

/// <summary>
/// Core NATS: subscriptions, queue groups, requests without responders. One lock guards all of a server's state; whoever has a message or a timer works it off in a turn of its own,
/// so that the server needs no thread and does the same things in the same order each time.
/// </summary>
internal sealed class MessageBroker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Interest _interest = new();
    private readonly Queue<Action> _work = new();
    private readonly Stack<List<Subscription>> _matchLists = new();
    private readonly List<IThreadPoolWorkItem> _awake = [];
    private readonly bool _namesSubject;
    private readonly Dictionary<string, uint> _groupTurns = [];
    private int _depth;

    public MessageBroker(TimeProvider time, bool namesSubject)
    {
        _namesSubject = namesSubject;
        Schedule = new Schedule(time, OnTimer);
    }

    /// <summary>A client has subscribed or left.</summary>
    public event Action? InterestChanged;

    public Schedule Schedule { get; }

    /// <summary>The time of this turn, in nanoseconds of Unix time.</summary>
    public long Now { get; private set; }

    /// <summary>Counts everything that happens, so that it can be told whether something has.</summary>
    public long Turns { get; private set; }

    /// <summary>Takes the lock. Disposing the turn does what it has caused, and wakes the receivers.</summary>
    public Turn Begin()
    {
        _gate.Enter();
        if (_depth++ == 0)
        {
            Turns++;
            Now = Math.Max(Now, Schedule.Now); // the platform's clock may be set back
            Schedule.RingDue(Now);
        }

        return new Turn(this);
    }

    /// <summary>Looks at the state, which is no activity.</summary>
    public T Look<T>(Func<T> look)
    {
        lock (_gate)
            return look();
    }

    /// <summary>Does something later in this turn, when what is going on now is done.</summary>
    public void Later(Action work) => _work.Enqueue(work);

    /// <summary>Runs something on the thread pool when the turn is over.</summary>
    public void WakeAfterTurn(IThreadPoolWorkItem item) => _awake.Add(item);

    public void Add(Subscription subscription)
    {
        _interest.Add(subscription);
        OnChanged(subscription);
    }

    public void Remove(Subscription subscription)
    {
        _interest.Remove(subscription);
        OnChanged(subscription);
    }

    /// <summary>Gives a message to everybody who is interested: each subscriber, and one member of each queue group.</summary>
    /// <returns>Whether there is anybody.</returns>
    public bool Route(ref Routed message)
    {
        List<Subscription> matches = RentList();
        _interest.Match(message.Target, matches);
        bool any = matches.Count > 0;
        if (matches.Count > 1 && matches.Exists(match => match.QueueGroup is not null))
            KeepOneOfEachGroup(matches);
        foreach (Subscription match in matches)
            match.Receive(ref message);
        ReturnList(matches);
        return any;
    }

    /// <summary>Sends a message of the server itself.</summary>
    public bool Send(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> replyTo = default)
    {
        var message = new Routed(subject, replyTo, headers, payload);
        return Route(ref message);
    }

    /// <summary>Tells a requester that nobody is there; it goes to the connection that asked.</summary>
    public void SendNoResponders(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo)
    {
        string headers = _namesSubject ? $"NATS/1.0 503\r\nNats-Subject: {Encoding.UTF8.GetString(subject)}\r\n\r\n" : "NATS/1.0 503\r\n\r\n";
        Send(replyTo, Encoding.UTF8.GetBytes(headers), default);
    }

    /// <summary>Whether anybody subscribes to the subject, as a member of the group if there is one.</summary>
    public bool HasInterest(ReadOnlySpan<byte> subject, string? queueGroup = null)
    {
        List<Subscription> matches = RentList();
        _interest.Match(subject, matches);
        bool found = queueGroup is null ? matches.Count > 0 : matches.Exists(match => match.QueueGroup == queueGroup);
        ReturnList(matches);
        return found;
    }

    public bool HasInterest(string subject) => HasInterest(Encoding.UTF8.GetBytes(subject));

    /// <summary>RFC 3339 with nanoseconds, as Go writes it.</summary>
    public static string FormatTime(long nanoseconds)
    {
        var time = new DateTime(DateTime.UnixEpoch.Ticks + (nanoseconds / 100), DateTimeKind.Utc);
        string fraction = (nanoseconds % 1_000_000_000).ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return time.ToString(fraction.Length > 0 ? $"yyyy-MM-ddTHH:mm:ss.{fraction}Z" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    public void Dispose() => Schedule.Dispose();

    private void OnChanged(Subscription subscription)
    {
        if (subscription is not ServerSubscription)
            InterestChanged?.Invoke();
    }

    private void OnTimer()
    {
        using Turn turn = Begin();
        Schedule.TimerRang();
    }

    private void End()
    {
        if (_depth > 1)
        {
            _depth--;
            _gate.Exit();
            return;
        }

        IThreadPoolWorkItem[] awake = [];
        try
        {
            while (_work.TryDequeue(out Action? work))
                work();
            Schedule.Arm(Now);
            if (_awake.Count > 0)
            {
                awake = [.. _awake];
                _awake.Clear();
            }
        }
        finally
        {
            _depth--;
            _gate.Exit();
        }

        foreach (IThreadPoolWorkItem item in awake)
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }

    // A real server chooses by chance; taking turns is as fair, and the same each time.
    private void KeepOneOfEachGroup(List<Subscription> matches)
    {
        foreach (IGrouping<string, Subscription> group in matches.Where(match => match.QueueGroup is not null).GroupBy(match => match.QueueGroup!).ToList())
        {
            uint turn = _groupTurns.GetValueOrDefault(group.Key);
            _groupTurns[group.Key] = turn + 1;
            Subscription chosen = group.ElementAt((int)(turn % (uint)group.Count()));
            matches.RemoveAll(match => match.QueueGroup == group.Key && match != chosen);
        }
    }

    private List<Subscription> RentList() => _matchLists.TryPop(out List<Subscription>? list) ? list : [];

    private void ReturnList(List<Subscription> list)
    {
        list.Clear();
        _matchLists.Push(list);
    }

    /// <summary>Holds the lock.</summary>
    public readonly ref struct Turn(MessageBroker broker) : IDisposable
    {
        public void Dispose() => broker.End();
    }
}
