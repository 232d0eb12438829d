using System.Text;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Sends to a subject as long as somebody subscribes to it, with signs of life and flow control if asked for.</summary>
internal sealed class PushMode : IDeliveryMode
{
    // nats-server, JsFlowControlMaxPending: the window begins at a sixteenth and doubles with each answer.
    private const long LargestWindow = 32 * 1024 * 1024;

    private readonly ServerConsumer _consumer;
    private readonly Alarm _heartbeat;
    private readonly Alarm _inactive;
    private readonly Subscription _flowControl;
    private readonly Subscription _pulls;
    private byte[] _target = [];
    private long _window = LargestWindow / 16;
    private long _unanswered;
    private long _asked;
    private string? _question;
    private int _questions;

    public PushMode(ServerConsumer consumer)
    {
        _consumer = consumer;
        _heartbeat = new Alarm(Broker.Schedule, SendHeartbeat);
        _inactive = new Alarm(Broker.Schedule, consumer.Delete);
        _flowControl = new ServerSubscription(Pattern.TryParse($"{FlowControlPrefix}.*")!, OnFlowControl);
        if (consumer.Config.FlowControl)
            Broker.Add(_flowControl);
        _pulls = new ServerSubscription(
            Pattern.TryParse($"$JS.API.CONSUMER.MSG.NEXT.{consumer.Stream.Name}.{consumer.Name}")!,
            (ref Routed request) => Broker.Send(request.ReplyTo, PullAnswer.Status("409 Consumer is push based"), default));
        Broker.Add(_pulls);
        ConfigChanged();
        SetHeartbeat();
    }

    public bool IsReady => IsBound && (!_consumer.Config.FlowControl || _unanswered <= _window);

    public int Waiting => 0;

    public bool IsBound { get; private set; }

    private MessageBroker Broker => _consumer.Server.Broker;

    private string FlowControlPrefix => $"$JS.FC.{_consumer.Stream.Name}.{_consumer.Name}";

    public byte[]? TakeTarget(int size) => _target;

    public void Delivered(byte[] target, int size)
    {
        SetHeartbeat();
        if (!_consumer.Config.FlowControl)
            return;
        _unanswered += size;
        if (_question is null && _unanswered > _window / 2)
            AskForFlowControl();
        else if (_question is not null && _unanswered - _asked >= _window)
            _asked += size;
    }

    public void Idle(bool isEnd)
    {
    }

    public void InterestChanged()
    {
        bool before = IsBound;
        IsBound = Broker.HasInterest(_target, string.IsNullOrEmpty(_consumer.Config.DeliverGroup) ? null : _consumer.Config.DeliverGroup);
        if (IsBound)
            _inactive.Stop();
        else if (before && _consumer.InactiveThreshold > 0)
            _inactive.Set(Broker.Now + _consumer.InactiveThreshold);
        if (IsBound && !before)
            _consumer.Signal();
    }

    public void ConfigChanged()
    {
        _target = Encoding.UTF8.GetBytes(_consumer.Config.DeliverSubject!);
        InterestChanged();
        if (!IsBound && _consumer.InactiveThreshold > 0)
            _inactive.Set(Broker.Now + _consumer.InactiveThreshold);
    }

    public void Used()
    {
    }

    public void Close()
    {
        Broker.Remove(_flowControl);
        Broker.Remove(_pulls);
        _heartbeat.Stop();
        _inactive.Stop();
    }

    private void SetHeartbeat()
    {
        if (_consumer.Config.IdleHeartbeat > 0)
            _heartbeat.Set(Broker.Now + _consumer.Config.IdleHeartbeat);
    }

    private void SendHeartbeat()
    {
        if (IsBound)
            Broker.Send(_target, _consumer.IdleHeartbeat(_question is null ? "" : $"Nats-Consumer-Stalled: {_question}\r\n"), default);
        SetHeartbeat();
    }

    private void AskForFlowControl()
    {
        _question = $"{FlowControlPrefix}.{_questions++:x4}";
        _asked = _unanswered;
        Broker.Send(_target, "NATS/1.0 100 FlowControl Request\r\n\r\n"u8, default, Encoding.UTF8.GetBytes(_question));
    }

    private void OnFlowControl(ref Routed answer)
    {
        if (_question is null || !answer.Target.SequenceEqual(Encoding.UTF8.GetBytes(_question)))
            return;
        _window = Math.Min(_window * 2, LargestWindow);
        _unanswered = Math.Max(0, _unanswered - _asked);
        _question = null;
        _consumer.Signal();
    }
}
