using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Requests that wait for messages. They are served in turn, a message each.</summary>
internal sealed class PullMode : IDeliveryMode
{
    private readonly ServerConsumer _consumer;
    private readonly Alarm _alarm;
    private readonly Alarm _inactive;
    private readonly Subscription _subscription;
    private readonly LinkedList<PullRequest> _waiting = new();
    private PullRequest? _completed;
    private long _lastUse;

    public PullMode(ServerConsumer consumer)
    {
        _consumer = consumer;
        _alarm = new Alarm(Broker.Schedule, consumer.Signal);
        _inactive = new Alarm(Broker.Schedule, DeleteIfUnused);
        string subject = $"$JS.API.CONSUMER.MSG.NEXT.{consumer.Stream.Name}.{consumer.Name}";
        _subscription = new ServerSubscription(Pattern.TryParse(subject)!, (ref Routed request) => Ask(request.ReplyTo.ToArray(), request.Payload));
        Broker.Add(_subscription);
        Used();
        ConfigChanged();
    }

    public bool IsReady => _waiting.Count > 0;

    public int Waiting
    {
        get
        {
            Review(isEnd: false);
            return _waiting.Count;
        }
    }

    public bool IsBound => false;

    private MessageBroker Broker => _consumer.Server.Broker;

    private long Now => Broker.Now;

    /// <summary>Takes a request.</summary>
    public void Ask(byte[] replyTo, ReadOnlySpan<byte> payload)
    {
        if (PullRequest.TryParse(payload, replyTo, Now, out string error) is not { } request)
        {
            Answer(replyTo, $"400 Bad Request - {error}");
            return;
        }

        if (Refusal(request) is { } refusal)
        {
            Answer(replyTo, refusal);
            return;
        }

        Used();
        if (_waiting.Count >= _consumer.Config.MaxWaiting)
            Review(isEnd: false);
        if (_waiting.Count < _consumer.Config.MaxWaiting)
        {
            _waiting.AddLast(request);
            _consumer.Signal();
        }
        else if (request.Heartbeat == 0 || !_consumer.Server.Version.DropsPullsWithHeartbeatSilently)
        {
            Answer(replyTo, "409 Exceeded MaxWaiting");
        }
    }

    public byte[]? TakeTarget(int size)
    {
        while (_waiting.First is { } first)
        {
            PullRequest request = first.Value;
            if (request.ExpiresAt <= Now)
            {
                Send(request.ReplyTo, PullAnswer.Ending("408 Request Timeout", request));
                _waiting.RemoveFirst();
            }
            else if (request.MaxBytes > 0 && size > request.MaxBytes)
            {
                Send(request.ReplyTo, PullAnswer.Ending("409 Message Size Exceeds MaxBytes", request));
                _waiting.RemoveFirst();
            }
            else if (!Broker.HasInterest(request.ReplyTo))
            {
                _waiting.RemoveFirst();
            }
            else
            {
                Serve(first, size);
                return request.ReplyTo;
            }
        }

        return null;
    }

    public void Delivered(byte[] target, int size)
    {
        if (_completed is not { } request)
            return;
        _completed = null;
        Send(request.ReplyTo, PullAnswer.Ending("409 Batch Completed", request));
    }

    public void Idle(bool isEnd)
    {
        long next = Review(isEnd);
        if (next == Alarm.Never)
            _alarm.Stop();
        else
            _alarm.Set(next);
    }

    public void InterestChanged()
    {
    }

    public void ConfigChanged()
    {
        if (_consumer.InactiveThreshold == 0)
            _inactive.Stop();
        else
            _inactive.Set(Now + _consumer.InactiveThreshold);
    }

    public void Used() => _lastUse = Now;

    public void Close()
    {
        Broker.Remove(_subscription);
        _alarm.Stop();
        _inactive.Stop();
        foreach (PullRequest request in _waiting)
            Answer(request.ReplyTo, "409 Consumer Deleted");
        _waiting.Clear();
    }

    private string? Refusal(PullRequest request)
    {
        ConsumerConfig config = _consumer.Config;
        if (config.MaxBatch > 0 && request.Batch > config.MaxBatch)
            return $"409 Exceeded MaxRequestBatch of {config.MaxBatch}";
        if (config.MaxExpires > 0 && request.Expires && request.ExpiresAt > Now + config.MaxExpires)
            return $"409 Exceeded MaxRequestExpires of {Go.FormatDuration(config.MaxExpires)}";
        if (config.MaxBytes > 0 && request.MaxBytes > config.MaxBytes)
            return $"409 Exceeded MaxRequestMaxBytes of {config.MaxBytes}";
        if (!request.NoWait)
            return null;
        long available = _consumer.Available;
        if (available == 0)
            return request.Expires ? null : "404 No Messages";
        Review(isEnd: false);
        return available < _waiting.Sum(other => other.Batch) ? "408 Requests Pending" : null;
    }

    private void Serve(LinkedListNode<PullRequest> node, int size)
    {
        PullRequest request = node.Value;
        if (request.MaxBytes > 0)
        {
            request.MaxBytes -= size;
            if (request.MaxBytes == 0)
                request.Batch = 1; // this one, and no more
        }

        request.Batch--;
        request.HasDelivered = true;
        _waiting.Remove(node);
        if (request.Batch > 0)
        {
            request.NextHeartbeat = request.Heartbeat > 0 ? Now + request.Heartbeat : Alarm.Never;
            _waiting.AddLast(node);
        }
        else if (request.MaxBytes > 0 && _consumer.Server.Version.TellsWhenBatchIsComplete)
        {
            _completed = request;
        }
    }

    /// <summary>Ends what has expired or is waited for no more, and gives signs of life.</summary>
    /// <returns>When to look again.</returns>
    private long Review(bool isEnd)
    {
        long next = Alarm.Never;
        for (LinkedListNode<PullRequest>? node = _waiting.First, following; node is not null; node = following)
        {
            following = node.Next;
            PullRequest request = node.Value;
            if (Ending(request, isEnd) is { } ending)
            {
                Send(request.ReplyTo, ending);
                _waiting.Remove(node);
            }
            else if (!Broker.HasInterest(request.ReplyTo))
            {
                _waiting.Remove(node);
            }
            else
            {
                if (request.NextHeartbeat <= Now)
                {
                    Send(request.ReplyTo, _consumer.IdleHeartbeat());
                    request.NextHeartbeat = Now + request.Heartbeat;
                }

                next = Math.Min(next, Math.Min(request.NextHeartbeat, request.ExpiresAt));
            }
        }

        return next;
    }

    private byte[]? Ending(PullRequest request, bool isEnd)
    {
        if (request.ExpiresAt <= Now)
            return PullAnswer.Ending("408 Request Timeout", request);
        if (!isEnd || !request.NoWait)
            return null;
        if (!_consumer.Server.Version.EndsNoWaitWith404)
            return request.HasDelivered ? PullAnswer.Ending("408 Request Timeout", request) : null;
        return !request.Expires || request.HasDelivered ? PullAnswer.Status("404 No Messages") : null;
    }

    private void DeleteIfUnused()
    {
        long threshold = _consumer.InactiveThreshold;
        if (Now - _lastUse < threshold)
            _inactive.Set(_lastUse + threshold);
        else if (Waiting > 0)
            _inactive.Set(Now + threshold);
        else if (_consumer.LastDeadline + threshold is var later && later > Now && _consumer.Server.Version.WaitsForAcksBeforeDeletion)
            _inactive.Set(later);
        else
            _consumer.Delete();
    }

    private void Answer(byte[] replyTo, string status) => Send(replyTo, PullAnswer.Status(status));

    private void Send(byte[] replyTo, byte[] headers) => Broker.Send(replyTo, headers, default);
}
