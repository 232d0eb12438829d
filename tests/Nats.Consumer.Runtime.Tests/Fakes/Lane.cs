using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Settling;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Tests.Fakes;

/// <summary>All that a message passes between its receipt and its settlement, on a recording connection and a clock that stands still.</summary>
internal sealed class Lane
{
    public const string Stored = """{"stream":"orders-dead-letters","seq":1}""";

    private readonly ServiceCollection _services = new();
    private readonly List<HandlerClass> _classes = [];
    private readonly StubConsumer _definition;
    private MessageProcessor? _processor;
    private ConsumerContext? _context;
    private Solitude? _solitude;
    private ulong _sequence;

    public Lane(StubConsumer? definition = null)
    {
        _definition = definition ?? new StubConsumer();
        Connection.Answer = _ => RecordingConnection.Json(Stored);
        Settler = new Settler(Connection, Time, TimeSpan.FromSeconds(5), Log);
    }

    public RecordingConnection Connection { get; } = new();

    public ManualTime Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public Settler Settler { get; }

    /// <summary>Chance; 0.5 is no jitter.</summary>
    public double Random { get; set; } = 0.5;

    public IReadOnlyList<Type> Middleware { get; init; } = [];

    public IReadOnlyList<string> WantedSubjects { get; init; } = [];

    /// <summary>The settlements, as the server reads them.</summary>
    public IReadOnlyList<string> Settlements => [.. Connection.All.Where(sent => sent.Subject.StartsWith("$JS.ACK.", StringComparison.Ordinal)).Select(sent => sent.Payload)];

    public IReadOnlyList<Sent> DeadLetters => [.. Connection.Requested.Where(sent => sent.Subject.StartsWith("dead-letters.orders.billing.", StringComparison.Ordinal))];

    public InboundMessagePool Pool { get; } = new();

    public Solitude Solitude => _solitude ??= new Solitude(Time);

    public ConsumerContext Context => _context ??= MakeContext();

    private MessageProcessor Processor => _processor ??= MakeProcessor();

    /// <summary>Adds a handler class that is a singleton.</summary>
    public Lane Handle<TKind>(params HandlerMethod[] methods)
    {
        _services.AddSingleton(new StubHandler<TKind>());
        _classes.Add(new HandlerClass(typeof(StubHandler<TKind>), methods, overridesFallback: false));
        return this;
    }

    public Lane Handle(Func<MessageContext, Outcome> handle) => Handle<int>(StubHandler<int>.On(">", handle));

    public Lane Handle(Func<MessageContext, CancellationToken, ValueTask<Outcome>> handle) => Handle<int>(StubHandler<int>.On(">", handle));

    /// <summary>Adds a handler class with a fallback.</summary>
    public Lane HandleOrFallBack<TKind>(Func<MessageContext, FallbackReason, ValueTask<Outcome>> fallback, params HandlerMethod[] methods)
    {
        _services.AddSingleton(new StubHandler<TKind> { Fallback = fallback });
        _classes.Add(new HandlerClass(typeof(StubHandler<TKind>), methods, overridesFallback: true));
        return this;
    }

    /// <summary>Adds one instance of a handler class as the catalogue describes it.</summary>
    public Lane HandleSingleton(HandlerClass described, ConsumerHandler instance)
    {
        _services.AddSingleton(described.Type, instance);
        _classes.Add(described);
        return this;
    }

    /// <summary>Adds a handler class as the catalogue describes it, made anew for each message.</summary>
    public Lane HandleScoped(HandlerClass described)
    {
        _services.AddScoped(described.Type);
        _classes.Add(described);
        return this;
    }

    public Lane With(Action<IServiceCollection> services)
    {
        services(_services);
        return this;
    }

    public InboundMessage Message(string subject = "orders.created", string payload = "{}", int delivered = 1, string headers = "")
    {
        var message = new InboundMessage();
        Fill(message, subject, payload, delivered, headers);
        return message;
    }

    public void Fill(InboundMessage message, string subject = "orders.created", string payload = "{}", int delivered = 1, string headers = "", ulong? sequence = null)
    {
        byte[] reply = Reply(sequence ?? ++_sequence, delivered);
        AckSubject.TryParse(reply, out AckSubject ack).ShouldBeTrue();
        message.Fill(new ReceivedMessage(Utf8(subject), reply, Utf8(headers), Utf8(payload)), ack, Context, Time.GetTimestamp());
    }

    /// <summary>The same message comes once more.</summary>
    public void Redeliver(InboundMessage message)
    {
        (ulong sequence, int delivered, string subject) = (message.Ack.StreamSequence, message.Ack.Delivered + 1, message.Subject);
        message.Reset(int.MaxValue);
        byte[] reply = Reply(sequence, delivered);
        AckSubject.TryParse(reply, out AckSubject ack).ShouldBeTrue();
        message.Fill(new ReceivedMessage(Utf8(subject), reply, default, "{}"u8), ack, Context, Time.GetTimestamp());
    }

    /// <returns>Whether the message is finished.</returns>
    public async ValueTask<bool> ProcessAsync(InboundMessage message, CancellationToken abort = default) =>
        (await Processor.ProcessAsync(message, abort)).Progress == Progress.Finished;

    public ValueTask<bool> ProcessAsync(string subject = "orders.created", string payload = "{}", int delivered = 1, string headers = "") =>
        ProcessAsync(Message(subject, payload, delivered, headers));

    public static byte[] Reply(ulong sequence, int delivered) =>
        Utf8(string.Create(CultureInfo.InvariantCulture, $"$JS.ACK.orders.billing.{delivered}.{sequence}.{sequence + 100}.1767323045000000000.7"));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private ConsumerContext MakeContext()
    {
        _services.AddSingleton(new HandlerLifetimes(_services));
        return new ConsumerContext(_definition.Stream, "billing", _services.BuildServiceProvider(), new PayloadSerializer(), Settler)
        {
            Deadlines = new AckDeadlines(_definition.Wait, []),
            Status = new ConsumerStatus(_definition.Name, _definition.Stream, "billing", 1),
            Publisher = new JetStreamPublisher(Connection, new PayloadSerializer(), TimeSpan.FromSeconds(5), Time),
            Wanted = WantedSubjects.Count == 0 ? null : [.. WantedSubjects.Select(Consumer.Subjects.SubjectPattern.Parse)],
        };
    }

    private MessageProcessor MakeProcessor()
    {
        IServiceProvider services = Context.RootServices;
        TimeSpan timeout = TimeSpan.FromSeconds(5);
        var deadLetters = new DeadLetterQueue(
            new JetStreamApi(Connection, timeout), new JetStreamPublisher(Connection, Context.Payloads, timeout, Time), _definition.Stream, "billing", Time);
        var activator = new HandlerActivator(services, services.GetRequiredService<HandlerLifetimes>(), _classes);
        var settings = new LiveSettings(ConsumerSettings.Of(_definition));
        var outcomes = new OutcomeSettler(settings, Settler, deadLetters, retriesHere: false, () => Random, Log);
        var suspects = new Suspects(settings, Solitude, Pool, deadLetters, outcomes, Time, Log);
        return new MessageProcessor(settings, new Dispatcher(_classes, activator, _definition.Exceptions, Middleware), Settler, outcomes, suspects, Time, Log);
    }
}
