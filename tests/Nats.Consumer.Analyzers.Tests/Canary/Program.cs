// A worker in which nearly every line is wrong. It compiles, and each rule that is on has something to say about it: a rule that is silent does not run.
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers(nats => nats.UseJson(CanaryJson.Default));
await builder.Build().RunAsync();

public sealed record Payload(int Number);

public sealed class SyntaxHandler : ConsumerHandler
{
    [Handle("a..b")] // NATS0001
    public Task OnInvalidAsync() => Task.CompletedTask;

    [Handle("orders.cre*")] // NATS0002
    public Task OnPartialAsync() => Task.CompletedTask;

    [Handle("$JS.API.x")] // NATS0004
    public Task OnReservedAsync() => Task.CompletedTask;

    [Handle("a123456789012345678901234567890123456789.a123456789012345678901234567890123456789.a123456789012345678901234567890123456789.a123456789012345678901234567890123456789.a123456789012345678901234567890123456789.a123456789012345678901234567890123456789.a12345678901234567890")] // NATS0005, 0104
    public Task OnLongAsync() => Task.CompletedTask;

    [Handle("orders-created")] // NATS0101, 0106
    public Task OnSeparatedAsync() => Task.CompletedTask;

    [Handle("orders.pre-order.created")] // NATS0102
    public Task OnTokenAsync() => Task.CompletedTask;

    [Handle("Orders.x")] // NATS0103
    public Task OnUpperAsync() => Task.CompletedTask;

    [Handle("orders.a#b")] // NATS0105
    public Task OnSpecialAsync() => Task.CompletedTask;
}

public sealed class RoutingHandler : ConsumerHandler
{
    [Handle("routing.a", "routing.a")] // NATS0201
    public Task OnTwiceAsync() => Task.CompletedTask;

    [Handle("routing.b.*", "routing.b.*.>", "routing.b.>")] // NATS0202
    public Task OnShadowedAsync() => Task.CompletedTask;
}

public sealed class SignatureHandler : ConsumerHandler
{
    [Handle("signatures.a")]
    public async void OnVoid() => await Task.Yield(); // NATS0301

    [Handle("signatures.b")]
    public async Task OnBlockingAsync(MessageContext message)
    {
        await Task.Yield();
        Thread.Sleep(1); // NATS0303
    }

    [Handle("signatures.c")]
    public Task OnTokenAsync(CancellationToken cancellationToken) => Task.Delay(1, default); // NATS0304

    [Handle("signatures.d")]
    public Task OnNoTokenAsync() => Task.Delay(1); // NATS0305

    [Handle("signatures.e")]
    public async Task OnSettledAsync(MessageContext message)
    {
        await message.AckAsync();
        await message.AckAsync(); // NATS0701
    }

    [Handle("signatures.f")]
    public async Task OnFinallyAsync(MessageContext message)
    {
        try
        {
            await Task.Yield();
        }
        finally
        {
            await message.AckAsync(); // NATS0703
        }
    }

    [Handle("signatures.g")]
    public Task OnKeptAsync(MessageContext message)
    {
        _ = Task.Run(() => message.AckAsync().AsTask()); // NATS0704
        return Task.CompletedTask;
    }

    [Handle("signatures.h")]
    public Task<Outcome> OnRetryAsync(Payload payload) => Task.FromResult(Outcome.Retry); // NATS0515, 0802
}

public class NoHandler
{
    [Handle("nothing")] // NATS0302
    public Task OnAsync() => Task.CompletedTask;
}

public sealed class OutsideHandler : ConsumerHandler
{
    [Handle("once.a", "elsewhere.a")] // NATS0204
    public Task OnAsync() => Task.CompletedTask;
}

public sealed class OutsideCopyHandler : ConsumerHandler
{
    [Handle("once.a")] // NATS0401
    public Task OnAsync() => Task.CompletedTask;
}

public sealed class UnusedHandler : ConsumerHandler
{
    [Handle("unused.a")] // NATS0306
    public Task OnAsync() => Task.CompletedTask;
}

public static class Holder
{
    private sealed class PrivateHandler : ConsumerHandler // NATS0307
    {
        [Handle("signatures.private")]
        public Task OnAsync() => Task.CompletedTask;
    }
}

public sealed class OnceConsumer : PullConsumer
{
    public override string StreamName => "once";

    public override IReadOnlyList<string> Subjects => ["once.>", "once.a", "uncaptured.a"]; // NATS0403, 0507

    public override string? DurableName => "same";

    public override int MaxDeliver => 1;

    public override TimeSpan AckWait => TimeSpan.FromMilliseconds(500); // NATS0504

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]; // NATS0501

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Nak; // NATS0511

    protected override IEnumerable<StreamOperation> Setup() =>
    [
        StreamOperation.Create(new StreamConfig("once") { Subjects = ["once.>", "once.a"] }), // NATS0506, 0509
        StreamOperation.CreateOrUpdate(new StreamConfig("everything") { Subjects = ["*.created"] }), // NATS0508
        StreamOperation.CreateOrUpdate(new StreamConfig("dotted.name") { Subjects = ["dotted.a"] }), // NATS0505
        StreamOperation.CreateOrUpdate(new StreamConfig("letters") { Subjects = ["dead-letters.once.>"] }), // NATS0512
        StreamOperation.CreateOrUpdate(new StreamConfig("first") { Subjects = ["first.>"] }),
        StreamOperation.CreateOrUpdate(new StreamConfig("second") { Subjects = ["first.a"] }), // NATS0402
    ];
}

public sealed class AgainConsumer : PullConsumer
{
    public override string StreamName => "once";

    public override IReadOnlyList<string> Subjects => ["signatures.>", "batches.>"];

    public override string? DurableName => "same"; // NATS0514

    public override int MaxDeliver => 1;

    public override int BatchSize => 0; // NATS0513

    public override string? OrderBy => "key"; // NATS0516

    public override TimeSpan? HandlerTimeout => TimeSpan.FromHours(1); // NATS0517

    protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig("first") { Subjects = ["first.b"] })]; // NATS0404
}

public sealed class DelaysConsumer : PullConsumer
{
    public override string StreamName => "once";

    public override IReadOnlyList<string> Subjects => ["routing.>"];

    public override int MaxDeliver => 2;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]; // NATS0502

    public override RetryPolicy Retry => RetryPolicy.Delays([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]); // NATS0503

    public override ExceptionPolicy Exceptions => ExceptionPolicy.Default.Retry<Exception>().DeadLetter<TimeoutException>(); // NATS0518
}

public sealed class NamedConsumer : PullConsumer
{
    public override string StreamName => "once";

    public override IReadOnlyList<string> Subjects => ["once.>", "unhandled.a"]; // NATS0205

    public override IReadOnlyList<Type> Handlers => [typeof(OutsideHandler)];
}

public sealed class BatchHandler : ConsumerHandler
{
    [Handle("batches.a")]
    public Task OnBatchAsync(IReadOnlyList<MessageContext> messages) => Task.CompletedTask;
}

public sealed class OrderedBatches : OrderedConsumer
{
    public override string StreamName => "once";

    public override IReadOnlyList<Type> Handlers => [typeof(BatchHandler)]; // NATS0519
}

public sealed class Publisher(IJetStream jetStream)
{
    public async Task PublishAsync()
    {
        await jetStream.PublishAsync("once.*", 1); // NATS0003
        await jetStream.PublishAsync("dotted.a.b", 1); // NATS0801
    }
}

public class LegacyHandler() : ConventionHandler("legacy.made", "old.made", "legacy.*") // NATS0601, NATS0603, NATS0604
{
    public static string Text => "handle_made"; // NATS0606

    public Task handle_made(MessageContext message) => Task.CompletedTask;

    public Task handle_dead(MessageContext message) => Task.CompletedTask; // NATS0605

    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack); // NATS0607
}

public class Routed() : ConventionHandler("legacy.sent")
{
    public Task handle_sent(MessageContext message) => Task.CompletedTask;

    public override ValueTask<Outcome> HandleAsync(MessageContext message, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack); // NATS0602
}

public class LegacyConsumer : ConventionPullConsumer // NATS0608
{
    public override string StreamName => "legacy";

    public override IReadOnlyList<Type> Handlers => [typeof(LegacyHandler), typeof(Routed), typeof(Moved)];
}

public sealed class Moved : ConsumerHandler
{
    [Handle("moved.made", "moved-made", "still-old")] // NATS0611, NATS0610
    public Task handle_moved(MessageContext message) => Task.CompletedTask; // NATS0609
}

public partial class CanaryJson(JsonSerializerOptions? options) : JsonSerializerContext(options)
{
    public static CanaryJson Default { get; } = new(null);

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}
