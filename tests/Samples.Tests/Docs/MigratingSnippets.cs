#pragma warning disable NATS0601, NATS0608 // What is old in the document is obsolete.
#pragma warning disable CA1707, CA1822, IDE1006, CA2016 // So are its names.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Nats.Consumer.Samples.Tests.Docs.MigratingSnippets.Handlers;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>The code of docs/migrating.md, so that it compiles.</summary>
internal static class MigratingSnippets
{
    internal sealed record Order(string Id, decimal Total);

    internal interface IOrderBook
    {
        Task AddAsync(Order order, CancellationToken cancellationToken);
    }

    internal sealed class OrderBook : IOrderBook
    {
        public Task AddAsync(Order order, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal interface IAlarm
    {
        Task RaiseAsync(string subject, Exception error);
    }

    internal static class Handlers
    {
        public sealed class OrderHandler(IOrderBook book) : ConsumerHandler
        {
            [Handle("orders.created", "orders.imported")]
            public Task OnCreatedAsync(Order order, CancellationToken cancellationToken) => book.AddAsync(order, cancellationToken);

            [Handle("orders.{id}.shipped")]
            public Task OnShippedAsync(string id, MessageContext message) => Console.Out.WriteLineAsync($"{id} of {message.Subject}");
        }
    }

    internal sealed class OrderConsumer(IAlarm alarm) : PullConsumer
    {
        public override string StreamName => "orders";
        public override IReadOnlyList<string> Subjects => ["orders.>"];
        public override string? DurableName => "default";
        public override IReadOnlyList<Type> Handlers => [typeof(OrderHandler)];

        public override int MaxDeliver => 5;
        public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];
        public override TimeSpan AckWait => TimeSpan.FromSeconds(30);
        public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.DeadLetter;

        protected override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
            new(alarm.RaiseAsync(message.Subject, error));

        protected override IEnumerable<StreamOperation> Setup() =>
            [StreamOperation.CreateOrUpdate(new StreamConfig("orders") { Subjects = ["orders.>"], MaxAge = TimeSpan.FromDays(7) })];
    }

    internal sealed class TolerantHandler : ConsumerHandler
    {
        [Handle("orders.created")]
        public Task OnCreatedAsync(Order order) => Task.FromResult(order);

        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
            ValueTask.FromResult(reason == FallbackReason.NoHandler ? Outcome.Drop("nobody wants it") : Outcome.DeadLetter("its tokens cannot be read"));
    }

    internal static async Task<int> RunAsync(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSingleton<IOrderBook, OrderBook>();
        builder.AddNatsConsumers();
        return await builder.Build().RunNatsAsync(args);
    }

    internal static async Task PublishAsync(IJetStream jetStream, Order order) =>
        await jetStream.PublishAsync("orders.created", order, new PublishOptions { MessageId = order.Id });

    internal static class Before
    {
        internal sealed class OrderHandler : ConventionHandler
        {
            public OrderHandler() : base("orders.created", "orders-updated") { }

            public Task handle_created(MessageContext message) => Task.CompletedTask;
            public Task HandleUpdatedAsync(MessageContext message) => Task.CompletedTask;
        }

        internal sealed class OrderConsumer : ConventionPullConsumer
        {
            public override string StreamName => "orders";
            public override int MaxRetries => 3;
            public override double InitialRetryDelay => 1;
        }
    }

    internal static class After
    {
        internal sealed class OrderHandler : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext message) => Task.CompletedTask;
            [Handle("orders-updated")]
            public Task HandleUpdatedAsync(MessageContext message) => Task.CompletedTask;
        }

        internal sealed class OrderConsumer : PullConsumer
        {
            public override string StreamName => "orders";
            public override int MaxDeliver => 4;

            public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];
        }
    }

    internal sealed class BridgeHandler : ConsumerHandler
    {
        [Handle("orders.updated", "orders-updated")]
        public Task OnUpdatedAsync(MessageContext message) => Task.CompletedTask;
    }
}
