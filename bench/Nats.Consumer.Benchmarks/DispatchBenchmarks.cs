using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Settling;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Benchmarks;

/// <summary>One message from the receive buffer to its ack, without network, queue and threads. The baseline calls the handler and publishes the ack itself.</summary>
public class DispatchBenchmarks
{
    private readonly byte[] _subject = Encoding.UTF8.GetBytes(Deliveries.Subject);
    private readonly byte[] _replyTo = Encoding.UTF8.GetBytes(Deliveries.ReplyTo(1));
    private readonly SwallowingConnection _connection = new();
    private readonly InboundMessage _message = new();
    private readonly ConsumerContext _context;
    private readonly MessageProcessor _singleton;
    private readonly MessageProcessor _scoped;
    private readonly MessageProcessor _typed;
    private readonly SingletonHandler _handler = new();

    public DispatchBenchmarks()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(_handler).AddSingleton<TypedHandler>().AddScoped<ScopedHandler>();
        ServiceProvider services = collection.BuildServiceProvider();
        var settler = new Settler(_connection, TimeProvider.System, TimeSpan.FromSeconds(5), NullLogger.Instance);
        _context = new ConsumerContext("orders", "shop-orderconsumer", services, new PayloadSerializer(), settler)
        {
            Deadlines = new AckDeadlines(TimeSpan.FromSeconds(30), []),
            Status = new ConsumerStatus("Orders", "orders", "billing", 1),
            Publisher = new JetStreamPublisher(_connection, new PayloadSerializer(), TimeSpan.FromSeconds(5), TimeProvider.System),
        };
        _singleton = Processor(typeof(SingletonHandler));
        _scoped = Processor(typeof(ScopedHandler));
        _typed = Processor(typeof(TypedHandler));

        MessageProcessor Processor(Type type)
        {
            HandlerClass[] classes = [new ReflectionCatalog([]).Describe(type)];
            var activator = new HandlerActivator(services, new HandlerLifetimes(collection), classes);
            var definition = new OrderConsumer();
            var settings = new LiveSettings(ConsumerSettings.Of(definition));
            var outcomes = new OutcomeSettler(settings, settler, null, retriesHere: false, () => 0.5, NullLogger.Instance);
            var publisher = new JetStreamPublisher(_connection, new PayloadSerializer(), TimeSpan.FromSeconds(5), TimeProvider.System);
            var deadLetters = new DeadLetterQueue(new JetStreamApi(_connection, TimeSpan.FromSeconds(5)), publisher, "orders", "billing", TimeProvider.System);
            var suspects = new Suspects(settings, new Solitude(TimeProvider.System), new InboundMessagePool(), deadLetters, outcomes, TimeProvider.System, NullLogger.Instance);
            return new MessageProcessor(settings, new Dispatcher(classes, activator, definition.Exceptions, []), settler, outcomes, suspects, TimeProvider.System, NullLogger.Instance);
        }
    }

    [Benchmark(Baseline = true)]
    public void HandlerAndAckOnly()
    {
        Fill();
        _handler.OnOrder(new MessageContext(_message)).GetAwaiter().GetResult();
        _connection.PublishAsync(new OutgoingMessage { Subject = _message.ReplyTo, Payload = "+ACK"u8 }).GetAwaiter().GetResult();
        _message.Reset(int.MaxValue);
    }

    [Benchmark]
    public void Singleton() => Process(_singleton);

    [Benchmark]
    public void Scoped() => Process(_scoped);

    [Benchmark]
    public void TypedPayload() => Process(_typed);

    private void Process(MessageProcessor processor)
    {
        Fill();
        if (processor.ProcessAsync(_message, CancellationToken.None).GetAwaiter().GetResult() != Processed.Finished || !_message.IsSettled)
            throw new InvalidOperationException("The message was not settled.");
        _message.Reset(int.MaxValue);
    }

    private void Fill()
    {
        AckSubject.TryParse(_replyTo, out AckSubject ack);
        _message.Fill(new ReceivedMessage(_subject, _replyTo, default, Deliveries.Payload), ack, _context, TimeProvider.System.GetTimestamp());
    }

    internal sealed record Order(int Id, string Customer, decimal Total);

    internal sealed class OrderConsumer : PullConsumer
    {
        public override string StreamName => "orders";
    }

    internal sealed class SingletonHandler : ConsumerHandler
    {
        [Handle("orders.created.*")]
        public ValueTask OnOrder(MessageContext message) => ValueTask.CompletedTask;
    }

    internal sealed class ScopedHandler : ConsumerHandler
    {
        [Handle("orders.created.*")]
        public ValueTask OnOrder(MessageContext message) => ValueTask.CompletedTask;
    }

    internal sealed class TypedHandler : ConsumerHandler
    {
        [Handle("orders.created.*")]
        public ValueTask OnOrder(Order order) => ValueTask.CompletedTask;
    }
}
