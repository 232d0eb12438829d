#pragma warning disable CA2016, CA1859 // The document keeps to the point.
using System.Text.Json.Nodes;
using Nats.Consumer.Client;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>The code of docs/jetstream.md, so that it compiles.</summary>
internal static class JetStreamSnippets
{
    internal sealed record Order(string Id, decimal Total);

    internal static async Task PublishAsync(IJetStream jetStream, Order order, IEnumerable<Order> orders, ulong lastSeen)
    {
        PublishAck ack = await jetStream.PublishAsync($"orders.{order.Id}.created", order, new PublishOptions { MessageId = order.Id });
        _ = ack;

        try
        {
            await jetStream.PublishAsync($"orders.{order.Id}", order, new PublishOptions { ExpectedLastSubjectSequence = lastSeen });
        }
        catch (JetStreamApiException e) when (e.IsWrongLastSequence)
        {
            // somebody else has changed the order meanwhile: read it again, decide again, publish again
        }

        await jetStream.PublishManyAsync(orders.Select(o => new PublishMessage<Order>($"orders.{o.Id}.created", o, new PublishOptions { MessageId = o.Id })));

        var options = new PublishWindowOptions { MaxPending = 5_000, OnResult = result => Console.WriteLine($"{result.Subject}: {(result.IsStored ? result.Ack.Sequence : result.Error.Message)}") };
        await using PublishWindow window = jetStream.OpenPublishWindow(options);
        foreach (Order o in orders)
            await window.PublishAsync($"orders.{o.Id}.created", o);
        PublishSummary summary = await window.FlushAsync();
        _ = summary;
    }

    public static async Task ReadAsync(IJetStream jetStream, CancellationToken stoppingToken)
    {
        await foreach (JetStreamMessage message in jetStream.FetchAsync("orders", "billing", new FetchOptions { MaxMessages = 50, Expires = TimeSpan.FromSeconds(5) }))
        {
            Order? order = message.Read<Order>();
            await message.AckAsync();
            _ = order;
        }

        await foreach (JetStreamMessage message in jetStream.ConsumeAsync("orders", "billing", new ConsumeOptions { MaxMessages = 1_000 }, stoppingToken))
        {
            try
            {
                await BillAsync(message.Read<Order>()!);
                await message.AckAsync(stoppingToken);
            }
            catch (TimeoutException)
            {
                await message.NakAsync(TimeSpan.FromSeconds(30), stoppingToken);
            }
        }

        await foreach (JetStreamMessage message in jetStream.ConsumeOrderedAsync("orders", new OrderedOptions { FilterSubjects = ["orders.*.created"], StopAtEnd = true }))
            Console.WriteLine($"{message.StreamSequence} {message.Subject}");

        StoredMessage? last = await jetStream.GetLastMessageAsync("orders", "orders.7.created");
        _ = last;
    }

    public static async Task AdministrateAsync(IJetStream jetStream)
    {
        StreamInfo orders = await jetStream.CreateOrUpdateStreamAsync(new StreamConfig("orders") { Subjects = ["orders.>"], MaxAge = TimeSpan.FromDays(7) });
        Console.WriteLine($"{orders.State.Messages} messages since {orders.State.FirstTimestamp}");

        await jetStream.UpdateStreamAsync(orders.Config with { MaxAge = TimeSpan.FromDays(14) });
        await jetStream.UpdateStreamAsync(new StreamConfig("orders") { AdditionalFields = new JsonObject { ["description"] = null } });

        await jetStream.CreateOrUpdateConsumerAsync("orders", new ConsumerConfig { DurableName = "billing", FilterSubjects = ["orders.*.created"], AckWait = TimeSpan.FromMinutes(1) });
        await foreach (ConsumerInfo consumer in jetStream.ListConsumersAsync("orders"))
            Console.WriteLine($"{consumer.Name}: {consumer.Pending} to come, {consumer.AckPending} not settled");

        string? stream = await jetStream.ListStreamNamesAsync("orders.7.created").FirstOrDefaultAsync();
        _ = stream;
    }

    public static async Task DeadLettersAsync(IJetStream jetStream)
    {
        IDeadLetters letters = jetStream.DeadLettersOf("orders");
        await foreach (DeadLetter letter in letters.ListAsync(new DeadLetterFilter { Consumer = "billing" }).Take(20))
            Console.WriteLine($"{letter.Sequence} {letter.Subject} after {letter.Deliveries} deliveries: {letter.Reason}");

        DeadLetterReplay replay = await letters.ReplayAllAsync(new DeadLetterFilter { Subject = "orders.*.created" });
        foreach (DeadLetterReplayFailure failure in replay.Failed)
            Console.WriteLine($"{failure.Sequence} stays: {failure.Reason}");
    }

    public static async Task WithoutAHostAsync()
    {
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = "nats://127.0.0.1:4222" });
        IJetStream jetStream = JetStreamContext.Create(connection);
        await jetStream.PublishAsync("orders.7.created", new Order("7", 12.5m));
    }

    private static Task BillAsync(Order order) => Task.FromResult(order);
}
