using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

/// <summary>
/// When a message comes again, measured at the server: from the negative ack to the next delivery. The median of several messages counts, because other programs run on the machine too.
/// </summary>
[Trait("Category", "Server")]
[Collection(nameof(Measured))]
public class RetryDelayServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    private const int Messages = 7;
    private const int Tolerance = 50;
    private const int Early = 10; // the test may hear of a negative ack a little late

    [Fact]
    public async Task Delays_EachRetry_ComesWhenTheListSays()
    {
        await using TestStream stream = await server.StreamAsync();
        TimeSpan[] delays = Milliseconds(100, 700, 300);
        await ComesAsync(stream, Milliseconds(100, 700, 300, 300, 300), setup => (setup.BackoffDelays, setup.AckWait) = (delays, TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public async Task Exponential_EachRetry_ComesWhenThePolicySays()
    {
        await using TestStream stream = await server.StreamAsync();
        RetryPolicy policy = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(400));
        await ComesAsync(stream, Milliseconds(60, 120, 240, 400, 400), setup => setup.Retry = policy);
    }

    [Fact]
    public async Task Jitter_EachRetry_ComesWhenThePolicySaid()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Wiretap tap = await Wiretap.StartAsync(server, stream);
        RetryPolicy policy = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), factor: 1.5, jitter: 0.5);
        await using Worker worker = await FailAsync(stream, 4, setup => setup.Retry = policy);
        double[] errors = [.. Enumerable.Range(1, Messages).SelectMany(message => Errors(tap, worker, (ulong)message))];
        output.WriteLine($"nats-server {server.Version}: against the delays with jitter that were logged: {string.Join(", ", errors.Select(error => $"{error:+0.0;-0.0} ms"))}");
        errors.Length.ShouldBe(Messages * 4);
        Median(errors).ShouldBeInRange(-Early, Tolerance);
    }

    [Fact]
    public async Task RetryAfter_ComesAfterExactlyThat()
    {
        await using TestStream stream = await server.StreamAsync();
        TimeSpan[] delays = Milliseconds(600, 0, 50);
        await ComesAsync(
            stream,
            delays,
            setup => setup.AckWait = TimeSpan.FromMilliseconds(400),
            (message, _) => ValueTask.FromResult(message.DeliveryCount <= delays.Length ? Outcome.RetryAfter(delays[message.DeliveryCount - 1]) : Outcome.Ack));
    }

    // The server adds its own back-off to the delay that it is told, so that it is told less, down to a negative delay.
    [Fact]
    public async Task ForeignConsumerWithServerBackoff_EachRetry_ComesWhenThePolicySays()
    {
        await using TestStream stream = await server.StreamAsync();
        await CreateForeignAsync(stream, Milliseconds(200, 800, 500));
        await using Wiretap tap = await Wiretap.StartAsync(server, stream);
        TimeSpan[] delays = Milliseconds(400, 150, 1000, 300, 50);
        await ComesAsync(stream, delays, setup => setup.BackoffDelays = delays, tap: tap);
        long[] told = [.. tap.Passed.Where(passed => passed.Sequence == 1 && passed.Verb.StartsWith("-NAK", StringComparison.Ordinal)).Select(passed => DelayOf(passed.Verb))];
        told.ShouldBe([400, -450, 700, -1, -250], "300 less 300 is not at once, but a moment less than nothing");
        (await stream.ConsumerAsync()).Config["backoff"]!.AsArray().Select(wait => (long)wait!).ShouldBe([200_000_000, 800_000_000, 500_000_000], "it is somebody else's");
    }

    [Fact]
    public async Task ForeignConsumerWithServerBackoff_HandlerLongerThanItsWaits_RunsOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await CreateForeignAsync(stream, Milliseconds(500, 2000));
        await stream.PublishAsync("work.x");
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.AckWait, setup.Concurrency) = (TimeSpan.FromSeconds(30), 2),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(3000, cancellationToken); // the work
                return Outcome.Ack;
            }));
        await worker.Script.CountAsync(1);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
    }

    private async Task ComesAsync(
        TestStream stream, TimeSpan[] delays, Action<ConsumerSetup> configure, Func<MessageContext, CancellationToken, ValueTask<Outcome>>? play = null, Wiretap? tap = null)
    {
        await using Wiretap listening = tap ?? await Wiretap.StartAsync(server, stream);
        await using Worker worker = await FailAsync(stream, delays.Length, configure, play);
        IReadOnlyList<double>[] actual = [.. Enumerable.Range(1, Messages).Select(message => listening.Delays((ulong)message))];
        for (int retry = 0; retry < delays.Length; retry++)
        {
            double wanted = delays[retry].TotalMilliseconds;
            double[] errors = [.. actual.Select(of => of[retry] - wanted)];
            output.WriteLine($"nats-server {server.Version}: retry {retry + 1} wanted after {wanted:0} ms: {string.Join(", ", errors.Order().Select(error => $"{error:+0.0;-0.0}"))} ms");
            Median(errors).ShouldBeInRange(-Early, Tolerance, $"retry {retry + 1}");
        }
    }

    // Some messages fail so often, then succeed.
    private static async Task<Worker> FailAsync(
        TestStream stream, int failures, Action<ConsumerSetup> configure, Func<MessageContext, CancellationToken, ValueTask<Outcome>>? play = null)
    {
        Worker worker = await stream.WorkAsync(
            setup =>
            {
                setup.MaxDeliver = failures + 1;
                configure(setup);
            },
            new Script(play ?? ((message, _) => message.DeliveryCount <= failures ? throw new InvalidOperationException("not yet") : ValueTask.FromResult(Outcome.Ack))));
        for (int i = 0; i < Messages; i++)
        {
            await stream.PublishAsync("work.x");
            await Task.Delay(150); // so that a moment in which the machine is busy spoils one of them, not all
        }

        await worker.Script.CountAsync(Messages * (failures + 1), 20);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(Messages * (failures + 1));
        return worker;
    }

    private async Task CreateForeignAsync(TestStream stream, TimeSpan[] backoff) => await server.Api.CreateConsumerAsync(
        stream.Name,
        new JsonObject
        {
            ["name"] = "worker",
            ["durable_name"] = "worker",
            ["ack_policy"] = "explicit",
            ["max_deliver"] = 10,
            ["backoff"] = new JsonArray([.. backoff.Select(wait => (JsonNode)wait.ToNanoseconds())]),
        },
        CancellationToken.None);

    // What the worker said that it would wait, and how much longer it took.
    private static IEnumerable<double> Errors(Wiretap tap, Worker worker, ulong message)
    {
        double[] said =
        [
            .. worker.Log.Lines
                .Where(line => line.Text.Contains($"at message {message} ", StringComparison.Ordinal))
                .Select(line => TimeSpan.Parse(line.Text[(line.Text.IndexOf("next in ", StringComparison.Ordinal) + 8)..^1], CultureInfo.InvariantCulture).TotalMilliseconds),
        ];
        return tap.Delays(message).Zip(said, (actual, wanted) => actual - wanted);
    }

    // In milliseconds; the moment less than nothing counts as one.
    private static long DelayOf(string nak)
    {
        long nanoseconds = (long)JsonNode.Parse(nak["-NAK ".Length..])!["delay"]!;
        return nanoseconds is < 0 and > -1_000_000 ? -1 : nanoseconds / 1_000_000;
    }

    private static TimeSpan[] Milliseconds(params int[] times) => [.. times.Select(time => TimeSpan.FromMilliseconds(time))];

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
