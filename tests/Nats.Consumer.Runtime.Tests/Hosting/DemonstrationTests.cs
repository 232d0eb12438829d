using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary><c>run --demo</c>: no server, and an example for each pattern.</summary>
[Trait("Client", "BuiltIn")]
public class DemonstrationTests
{
    [Fact]
    public async Task Demo_HandlersWithTokens_GetTokensThatFit()
    {
        var setup = new ConsumerSetup
        {
            Stream = "demonstrated",
            Handlers = [typeof(TokenHandler)],
            Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig("demonstrated") { Subjects = ["work.>"] })],
        };
        await using var worker = new Worker("nats://nowhere:1", setup);

        Task<int> run = worker.RunAsync("run", "--demo");
        await worker.Script.CountAsync(3, 30);
        worker.Stop();

        (await run).ShouldBe(0);
        worker.Script.Seen.Select(seen => $"{seen.By}: {seen.Subject}").ShouldBe(
            [
                "id 1, day 2026-01-31: work.1.2026-01-31.done",
                "customer example, key 0190a000-0000-7000-8000-000000000001: work.of.example.0190a000-0000-7000-8000-000000000001",
                "rest: work.rest.example",
            ],
            ignoreOrder: true);
        worker.Log.Count("No example").ShouldBe(0);
    }

    public sealed class TokenHandler(Script script) : ConsumerHandler
    {
        [Handle("work.{id}.{day}.done")]
        public Task OnDoneAsync(int id, DateOnly day, MessageContext message) => script.SeeAsync(message, $"id {id}, day {day:yyyy-MM-dd}");

        [Handle("work.of.{customer}.{key}")]
        public Task OnCustomerAsync(string customer, Guid key, MessageContext message) => script.SeeAsync(message, $"customer {customer}, key {key}");

        [Handle("work.rest.>")]
        public Task OnRestAsync(MessageContext message) => script.SeeAsync(message, "rest");
    }
}
