using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers();
return await builder.Build().RunNatsAsync(args);

public sealed class TicketConsumer : PullConsumer
{
    public override string StreamName => "tickets";

    public override IReadOnlyList<string> Subjects => ["tickets.>"];
}

public sealed class TicketHandler : ConsumerHandler
{
    [Handle("tickets.opened", "tickets.reopened")]
    public Task OnOpenedAsync(Ticket ticket) => Console.Out.WriteLineAsync(ticket.Title);

    [Handle("tickets.{id}.closed")]
    public Task OnClosedAsync(int id) => Console.Out.WriteLineAsync($"#{id} is done");
}

public record Ticket(int Id, string Title);
