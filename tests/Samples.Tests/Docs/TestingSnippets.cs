using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests.Docs;

// The code of docs/testing.md: the worker that is tested there, and its tests, which run here.
public sealed record Invoice(int Number, string Email);

public interface IMailer
{
    Task SendAsync(string address, string text, CancellationToken cancellationToken);
}

public sealed class InvoiceHandler(IMailer mailer) : ConsumerHandler
{
    [Handle("invoices.{customer}.issued")]
    public Task OnIssuedAsync(Invoice invoice, CancellationToken cancellationToken) =>
        mailer.SendAsync(invoice.Email, $"Your invoice {invoice.Number}", cancellationToken);
}

public sealed class InvoiceConsumer : PullConsumer
{
    public override string StreamName => "invoices";

    public override IReadOnlyList<string> Subjects => ["invoices.{customer}.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(InvoiceHandler)];

    public override int Concurrency => 8;

    public override string OrderBy => "customer";

    public override int MaxDeliver => 3;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)];

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig("invoices") { Subjects = ["invoices.>"] })];
}

public sealed class FakeMailer : IMailer
{
    public List<string> Sent { get; } = [];

    public Func<string, bool> IsBroken { get; set; } = _ => false;

    public Task SendAsync(string address, string text, CancellationToken cancellationToken)
    {
        if (IsBroken(address))
            throw new InvalidOperationException("the mail server is away");
        Sent.Add($"{address}: {text}");
        return Task.CompletedTask;
    }
}

public class InvoiceTests
{
    private readonly FakeMailer _mailer = new();

    [Fact]
    public async Task Invoice_IsMailed()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
        await harness.WaitUntilIdleAsync();

        Assert.Equal(["ada@example.com: Your invoice 7"], _mailer.Sent);
        harness.AssertAcknowledged("invoices.ada.issued");
    }

    [Fact]
    public async Task Invoice_MailServerIsAway_IsTriedThreeTimesThenKept()
    {
        _mailer.IsBroken = _ => true;
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
        await harness.AdvanceUntilSettledAsync();

        harness.AssertHandled("invoices.ada.issued", times: 3);
        harness.AssertRetried("invoices.ada.issued", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        harness.AssertDeadLettered("invoices.ada.issued", "the mail server is away");
    }

    [Fact]
    public async Task Invoices_OneFails_ThoseOfTheSameCustomerWaitForIt()
    {
        int failures = 1;
        _mailer.IsBroken = to => to == "ada@example.com" && failures-- > 0;
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("invoices.ada.issued", new Invoice(1, "ada@example.com"));
        await harness.PublishAsync("invoices.ada.issued", new Invoice(2, "ada@example.com"));
        await harness.PublishAsync("invoices.bob.issued", new Invoice(3, "bob@example.com"));
        await harness.AdvanceUntilSettledAsync();

        Assert.Equal(["bob@example.com: Your invoice 3", "ada@example.com: Your invoice 1", "ada@example.com: Your invoice 2"], _mailer.Sent);
    }

    [Fact]
    public async Task Invoices_IssuedInTurn_AreHandledInOrder()
    {
        await using ConsumerHarness harness = await StartAsync();

        foreach (string customer in new[] { "ada", "bob", "ada" })
        {
            await harness.PublishAsync($"invoices.{customer}.issued", new Invoice(1, "x@example.com"));
            await harness.WaitUntilIdleAsync();
        }

        harness.AssertHandledInOrder("invoices.ada.issued", "invoices.bob.issued", "invoices.ada.issued");
    }

    [Fact]
    public async Task Invoice_IssuedWhileTheConnectionIsLost_IsMailedAfterwards()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.LoseConnectionAsync();
        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
        await harness.AdvanceAsync(TimeSpan.FromHours(1));
        await harness.RestoreConnectionAsync();

        Assert.Single(_mailer.Sent);
    }

    [Fact]
    public async Task Invoice_DeadLetterCannotBeStored_IsNotLost()
    {
        _mailer.IsBroken = _ => true;
        await using ConsumerHarness harness = await StartAsync();

        using (harness.FailPublishes("dead-letters.>", InMemoryPublishFault.Error))
        {
            await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
            await harness.AdvanceAsync(TimeSpan.FromHours(1));
            harness.AssertNothingDeadLettered();
        }

        await harness.AdvanceUntilSettledAsync();
        harness.AssertDeadLettered("invoices.ada.issued");
    }

    [Fact]
    public async Task Invoice_WorkerIsKilledWhileItMails_IsMailedByTheNext()
    {
        await using ConsumerHarness harness = await StartAsync();
        IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(20));

        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        await harness.CrashAsync();
        slow.Dispose();
        await harness.RestartAsync();
        await harness.AdvanceUntilSettledAsync();

        HandledMessage handled = Assert.Single(harness.AssertHandled("invoices.ada.issued"));
        Assert.Equal(2, handled.Attempt);
    }

    [Fact]
    public async Task Invoice_OnAnOldServer_IsMailedToo()
    {
        var options = new ConsumerHarnessOptions { ServerVersion = InMemoryServerVersion.Nats29 };
        await using ConsumerHarness harness = await StartAsync(options);

        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));
        await harness.WaitUntilIdleAsync();

        Assert.Single(_mailer.Sent);
    }

    [Fact]
    [Trait("Category", "Server")]
    public async Task Invoice_OnARealServer_IsMailed()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration["NATS_URL"] = server.Url;
        Register(builder);
        using IHost host = builder.Build();
        IJetStream jetStream = host.Services.GetRequiredService<IJetStream>();
        await jetStream.CreateOrUpdateStreamAsync(new StreamConfig("invoices") { Subjects = ["invoices.>"] });
        await host.StartAsync();

        await jetStream.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"));

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_mailer.Sent.Count == 0)
            await Task.Delay(10, deadline.Token);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_ItsOwnMessages_AreSeen()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("invoices.ada.issued", new Invoice(7, "ada@example.com"), new NatsHeaders { ["Trace"] = "abc" });
        await harness.WaitUntilIdleAsync();

        PublishedMessage published = Assert.Single(harness.AssertPublished("invoices.>"));
        Assert.Equal(7, published.Read<Invoice>()!.Number);
        Assert.Equal("abc", published.Headers!["Trace"]);
    }

    private Task<ConsumerHarness> StartAsync(ConsumerHarnessOptions? options = null) => ConsumerHarness.StartAsync(Register, options);

    private void Register(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMailer>(_mailer);
        builder.AddNatsConsumers(nats => nats.AddConsumer<InvoiceConsumer>());
    }
}
