using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// A consumer whose filter is changed may fall silent for good: nats-server 2.9.10 goes on looking for what the old filter matches, and 2.15.1 is not woken any more when a filter is taken away. Neither says so.
/// </summary>
[Trait("Category", "Server")]
public class FilterChangeTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("work.>", "work.a", true)]
    [InlineData("work.>", "work.*", true)]
    [InlineData(">", "work.a", true)]
    [InlineData(">", "work.>", true)] // a server that cannot do it keeps the wider filter
    [InlineData("work.a", ">", false)]
    [InlineData("work.b", "work.>", false)]
    [InlineData("work.b", "work.a", false)]
    [InlineData("work.*.x", "work.*", false)]
    public async Task Filter_Changed_DeliversAtOnceOrIsRefused(string before, string after, bool oldServerCan)
    {
        await using TestStream stream = await server.StreamAsync("work.> other.>");
        await using (Worker first = await WorkAsync(stream, before))
        {
        }

        if (!oldServerCan && !server.Is210)
        {
            await RefusesAsync(stream, before, after);
            return;
        }

        for (int start = 1; start <= 2; start++) // and stays as it is
        {
            await using Worker second = await WorkAsync(stream, after);
            await stream.PublishAsync("work.a");
            await second.Script.CountAsync(1, 3);
            await stream.PublishAsync("other.x");
            await stream.PublishAsync("work.a");
            await second.Script.CountAsync(after == ">" ? 3 : 2, 3);
            second.Log.Count($"Consumer 'worker' of stream '{stream.Name}' updated").ShouldBeLessThanOrEqualTo(start == 1 ? 1 : 0);
            await stream.SettledAsync();
        }
    }

    private static Task<Worker> WorkAsync(TestStream stream, string subject) => stream.WorkAsync(setup => (setup.Subjects, setup.Handlers) = ([subject], [typeof(AnyHandler)]));

    private async Task RefusesAsync(TestStream stream, string before, string after)
    {
        await using var worker = new Worker(server.Url, stream.Setup(setup => (setup.Subjects, setup.Handlers) = ([after], [typeof(AnyHandler)])));
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain(
            $"filters by '{before}', and nats-server {server.Version} would not deliver '{after}' after a change: it goes on looking for what the old filter matches.");
    }

    public sealed class AnyHandler(Script script) : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAnyAsync(MessageContext message) => script.SeeAsync(message);
    }
}
