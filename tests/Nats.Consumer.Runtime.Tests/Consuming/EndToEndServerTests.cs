using System.Globalization;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>From bytes to handler and back.</summary>
[Trait("Category", "Server")]
public class EndToEndServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Messages_ConcurrencyOne_AreEachHandledOnceAndInOrder()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishManyAsync(1000);
        await worker.Script.CountAsync(1000);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, 1000).Select(i => (ulong)i));
        worker.Script.Seen.ShouldAllBe(seen => seen.Delivery == 1);
        worker.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_ConcurrencyEight_AreEachHandledOnceAndEightAtATime()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(1000);
        int running = 0, most = 0;
        var script = new Script(async (_, cancellationToken) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            if (now < 8 && Volatile.Read(ref most) < 8)
                await Task.Delay(5, cancellationToken); // gives the others the chance to be there at the same time
            Interlocked.Decrement(ref running);
            return Outcome.Ack;
        });
        await using Worker worker = await stream.WorkAsync(setup => setup.Concurrency = 8, script);
        await script.CountAsync(1000);
        await stream.SettledAsync();
        (script.Distinct, script.Count, most).ShouldBe((1000, 1000, 8));
    }

    [Fact]
    public async Task Window_SmallerThanTheStream_IsToppedUp()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(100);
        await using Worker worker = await stream.WorkAsync(setup => (setup.BatchSize, setup.MaxAckPending) = (1, 1));
        await worker.Script.CountAsync(100);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Handlers_EachBindsWhatItTakes()
    {
        await using TestStream stream = await server.StreamAsync("shop.>");
        var id = Guid.Parse("0b0e3c5a-6f1b-4b43-8a52-1f0f6f6f6f6f");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(ShopHandler)]);
        await worker.JetStream.PublishAsync("shop.created", new Order(7, "Ada"));
        await worker.JetStream.PublishAsync($"shop.{id}.shipped.3", new Order(8, "Bob"));
        await worker.JetStream.PublishAsync("shop.raw", "bytes"u8.ToArray());
        await worker.JetStream.PublishAsync("shop.memory", new ReadOnlyMemory<byte>([1, 2, 3]));
        await worker.JetStream.PublishAsync("shop.nothing", Array.Empty<byte>());
        await worker.JetStream.PublishAsync("shop.no-guid.shipped.3", new Order(9, "Eve"));
        await worker.JetStream.PublishAsync("shop.what.is.this.here", 1);
        await worker.Script.CountAsync(7);
        worker.Script.Seen.Select(seen => seen.By).ShouldBe(
        [
            "created Order { Id = 7, Customer = Ada } by shop.created",
            $"shipped {id} 3 Order {{ Id = 8, Customer = Bob }}",
            "raw 5 bytes",
            "memory 3 bytes",
            "nothing",
            "fallback TokenMismatch",
            "fallback NoHandler",
        ]);
        await stream.SettledAsync();
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task SeveralClasses_RunInDeclaredOrderAndGravestOutcomeCounts()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.both");
        await stream.PublishAsync("work.second");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(SecondClass), typeof(FirstClass)]);
        await worker.Script.CountAsync(3);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => (seen.By, seen.Subject)).ShouldBe([("second", "work.both"), ("first", "work.both"), ("second", "work.second")]);
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Subject"].ShouldBe("work.both");
    }

    [Fact]
    public async Task NoHandler_NoFallback_IsADeadLetter()
    {
        await using TestStream stream = await server.StreamAsync("shop.>");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(GuidHandler)]);
        await stream.PublishAsync("shop.no-guid");
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "a dead letter");
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Reason"]!.ShouldContain("'no-guid'");
        await stream.SettledAsync();
    }

    [Fact]
    public async Task Headers_ReachTheHandler()
    {
        await using TestStream stream = await server.StreamAsync();
        var headers = new NatsHeaders { ["Trace"] = "abc" };
        headers.Add("Many", "1");
        headers.Add("Many", "zwölf");
        string? trace = null;
        string[] many = [];
        bool none = false;
        await using Worker worker = await stream.WorkAsync(script: new Script((message, _) =>
        {
            if (message.StreamSequence == 1)
                (trace, many) = (message.Headers!["trace"], [.. message.Headers.GetValues("Many")]);
            else
                none = message.Headers?["Many"] is null;
            return ValueTask.FromResult(Outcome.Ack);
        }));
        await stream.PublishAsync("work.with", "{}", headers);
        await stream.PublishAsync("work.without");
        await stream.SettledAsync();
        trace.ShouldBe("abc");
        many.ShouldBe(["1", "zwölf"]);
        none.ShouldBeTrue();
    }

    [Fact]
    public async Task Metadata_IsWhatTheServerKnows()
    {
        await using TestStream stream = await server.StreamAsync();
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await stream.PublishManyAsync(3);
        DateTimeOffset after = DateTimeOffset.UtcNow.AddMilliseconds(1);
        var seen = new List<string>();
        var times = new List<DateTimeOffset>();
        await using Worker worker = await stream.WorkAsync(script: new Script((message, _) =>
        {
            seen.Add(string.Create(CultureInfo.InvariantCulture,
                $"{message.Stream} {message.Consumer} {message.Subject} {message.Pattern} s{message.StreamSequence} c{message.ConsumerSequence} d{message.DeliveryCount} p{message.Pending}"));
            times.Add(message.Timestamp);
            return ValueTask.FromResult(message is { StreamSequence: 3, DeliveryCount: 1 } ? Outcome.RetryAfter(TimeSpan.Zero) : Outcome.Ack);
        }));
        await worker.Script.CountAsync(4);
        await stream.SettledAsync();
        string name = stream.Name;
        seen.ShouldBe(
        [
            $"{name} worker work.0 work.> s1 c1 d1 p2", $"{name} worker work.1 work.> s2 c2 d1 p1", $"{name} worker work.2 work.> s3 c3 d1 p0", $"{name} worker work.2 work.> s3 c4 d2 p0",
        ]);
        times.ShouldAllBe(time => time >= before && time <= after);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    public sealed record Order(int Id, string Customer);

    public sealed class ShopHandler(Script script) : ConsumerHandler
    {
        [Handle("shop.created")]
        public Task OnCreatedAsync(Order order, MessageContext message) => script.SeeAsync(message, $"created {order} by {message.Pattern}");

        [Handle("shop.{orderId}.shipped.{count}")]
        public Task OnShippedAsync(int count, MessageContext message, Order order, Guid orderId, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return script.SeeAsync(message, $"shipped {orderId} {count} {order}");
        }

        [Handle("shop.raw")]
        public ValueTask OnRawAsync(byte[] payload, MessageContext message) => new(script.SeeAsync(message, $"raw {payload.Length} bytes"));

        [Handle("shop.memory")]
        public async ValueTask<Outcome> OnMemoryAsync(ReadOnlyMemory<byte> payload, MessageContext message)
        {
            await script.SeeAsync(message, $"memory {payload.Length} bytes");
            return Outcome.Ack;
        }

        [Handle("shop.*")]
        public Task OnAnyAsync(MessageContext message) => script.SeeAsync(message, "nothing");

        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
        {
            script.See(message, $"fallback {reason}");
            return ValueTask.FromResult(Outcome.Ack);
        }
    }

    public sealed class GuidHandler(Script script) : ConsumerHandler
    {
        [Handle("shop.{id}")]
        public Task OnIdAsync(Guid id, MessageContext message) => script.SeeAsync(message, $"{id}");
    }

    public sealed class FirstClass(Script script) : ConsumerHandler
    {
        [Handle("work.both")]
        public Task OnBothAsync(MessageContext message) => script.SeeAsync(message, "first");
    }

    public sealed class SecondClass(Script script) : ConsumerHandler
    {
        [Handle("work.{name}")]
        public Task<Outcome> OnAnyAsync(string name, MessageContext message)
        {
            script.See(message, "second");
            return Task.FromResult(name == "both" ? Outcome.DeadLetter("the second class says so") : Outcome.Ack);
        }
    }
}
