using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;

namespace Nats.Consumer.Conformance.Wire;

/// <summary>What came to a subscription, with the time at which it came.</summary>
public sealed class Inbox(Target target, string subject) : INatsMessageSink, IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();

    public string Subject => subject;

    public INatsSubscription? Subscription { get; set; }

    public int Count => _received.Count;

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        _received.Enqueue(new Received(message.ToMessage(), target.Now));
        return ValueTask.CompletedTask;
    }

    public void OnClosed(Exception? reason)
    {
    }

    /// <summary>The next message.</summary>
    public async Task<Received> NextAsync(double seconds = 5) =>
        await TryNextAsync(seconds) ?? throw new ShouldAssertException($"Nothing came to {subject} within {seconds} s.");

    public async Task<Received?> TryNextAsync(double seconds)
    {
        await target.WaitAsync(() => !_received.IsEmpty, TimeSpan.FromSeconds(seconds));
        return _received.TryDequeue(out Received? next) ? next : null;
    }

    /// <summary>So many messages.</summary>
    public async Task<IReadOnlyList<Received>> NextAsync(int count, double seconds = 5)
    {
        await target.WaitAsync(() => _received.Count >= count, TimeSpan.FromSeconds(seconds));
        var all = new List<Received>();
        while (all.Count < count && _received.TryDequeue(out Received? next))
            all.Add(next);
        all.Count.ShouldBe(count, $"messages came to {subject}");
        return all;
    }

    /// <summary>All that comes within a time.</summary>
    public async Task<IReadOnlyList<Received>> AllAsync(double seconds = 0.15)
    {
        await target.WaitAsync(() => false, TimeSpan.FromSeconds(seconds));
        var all = new List<Received>();
        while (_received.TryDequeue(out Received? next))
            all.Add(next);
        return all;
    }

    public async ValueTask DisposeAsync() => await Subscription!.DisposeAsync();
}

/// <summary>A message that came, and when.</summary>
public sealed record Received(NatsMessage Message, TimeSpan At)
{
    public string Subject => Message.Subject;

    public string Text => System.Text.Encoding.UTF8.GetString(Message.Payload.Span);

    /// <summary>Whether the server itself says something, instead of delivering a message.</summary>
    public bool IsStatus => Message.Status.Code != 0;

    /// <summary>As in <c>408 Request Timeout</c>; empty for a message.</summary>
    public string Status => IsStatus ? Message.Status.ToString() : "";

    public string? Header(string name) => Message.Headers?[name];

    public string ReplyTo => Message.ReplyTo.ShouldNotBeNull();

    private string[] Tokens => ReplyTo.Split('.');

    public int Delivered => int.Parse(Tokens[^5]);

    public ulong Sequence => ulong.Parse(Tokens[^4]);

    public ulong ConsumerSequence => ulong.Parse(Tokens[^3]);

    public int Pending => int.Parse(Tokens[^1]);

    /// <summary>Payload, or status: what a case compares.</summary>
    public override string ToString() => IsStatus ? Status : $"{Text}#{Delivered}";
}
