using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

/// <summary>At most once, and once in effect. What they are worth when the worker is killed is in the crash tests.</summary>
[Trait("Category", "Server")]
public class DeliveryModeServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task AtMostOnce_IsSettledBeforeTheHandlerRuns(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        long pending = -1;
        await using Worker worker = await stream.WorkAsync(setup => (setup.Kind, setup.Delivery) = (kind, DeliveryMode.AtMostOnce), new Script(async (_, _) =>
        {
            pending = (await stream.ConsumerAsync()).AckPending;
            return Outcome.Ack;
        }));
        await stream.PublishAsync("work.x");
        await Until.TrueAsync(() => pending >= 0, "the handler's end");
        pending.ShouldBe(0);
        worker.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task AtMostOnce_HandlerFails_IsADeadLetterAndNotTriedAgain()
    {
        await using TestStream stream = await server.StreamAsync();
        int told = 0;
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Delivery, setup.OnError) = (DeliveryMode.AtMostOnce, (_, _, _) =>
            {
                told++;
                return ValueTask.CompletedTask;
            }
            ),
            new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishManyAsync(3);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 3, "three dead letters");
        await stream.SettledAsync();
        (worker.Script.Count, told).ShouldBe((3, 3));
    }

    [Fact]
    public async Task ExactlyOnce_HandlerFailsAfterPublishing_PublishesOnceInEffect()
    {
        await using TestStream stream = await server.StreamAsync();
        await using TestStream target = await server.StreamAsync("out.>", config => config["duplicate_window"] = 60_000_000_000);
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Delivery, setup.Concurrency) = (DeliveryMode.ExactlyOnce, 4),
            new Script(async (message, cancellationToken) =>
            {
                await message.PublishAsync("out.first", message.StreamSequence, cancellationToken: cancellationToken);
                await message.PublishAsync("out.second", message.StreamSequence, cancellationToken: cancellationToken);
                return message.DeliveryCount < 3 ? throw new InvalidOperationException("afterwards") : Outcome.Ack;
            }));
        await stream.PublishManyAsync(10);
        await worker.Script.CountAsync(30);
        await stream.SettledAsync();
        (await target.InfoAsync()).Messages.ShouldBe(20);
    }

    [Fact]
    public async Task ExactlyOnce_InLanes_PublishesOnceInEffect()
    {
        await using TestStream stream = await server.StreamAsync();
        await using TestStream target = await server.StreamAsync("out.>", config => config["duplicate_window"] = 60_000_000_000);
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Delivery, setup.Subjects, setup.OrderBy) = (DeliveryMode.ExactlyOnce, ["work.{key}"], "key"),
            new Script(async (message, cancellationToken) =>
            {
                PublishAck ack = await message.PublishAsync("out.first", message.StreamSequence, cancellationToken: cancellationToken);
                ack.Duplicate.ShouldBe(message.DeliveryCount > 1);
                return message.DeliveryCount < 3 ? Outcome.Retry : Outcome.Ack;
            }));
        await stream.PublishManyAsync(5);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(15);
        (await target.InfoAsync()).Messages.ShouldBe(5);
    }

    [Fact]
    public async Task AtLeastOnce_MessageIdOfYourOwn_IsKept()
    {
        await using TestStream stream = await server.StreamAsync();
        await using TestStream target = await server.StreamAsync("out.>");
        await using Worker worker = await stream.WorkAsync(script: new Script(async (message, cancellationToken) =>
        {
            await message.PublishAsync("out.x", 1, new PublishOptions { MessageId = "mine" }, cancellationToken);
            return Outcome.Ack;
        }));
        await stream.PublishManyAsync(3);
        await stream.SettledAsync();
        (await target.InfoAsync()).Messages.ShouldBe(1);
        JsonObject message = (JsonObject)(await server.AskAsync($"STREAM.MSG.GET.{target.Name}", new JsonObject { ["seq"] = 1 }))["message"]!;
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)message["hdrs"]!)).ShouldContain("Nats-Msg-Id: mine");
    }
}
