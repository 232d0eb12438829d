#pragma warning disable NATS0601 // The tests are about it.
#pragma warning disable CA1707, IDE1006 // Names are what the tests are about.
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Migration;

/// <summary>Handlers that are found by their names, in a worker on a real server.</summary>
[Trait("Category", "Server")]
public class ConventionServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Messages_GoToTheMethodsOfTheirNames_AndTheRestToTheFallback()
    {
        await using TestStream stream = await server.StreamAsync();
        foreach (string subject in (string[])["work.created", "work-created", "work.updated", "work.shipped", "work.other"])
            await stream.PublishAsync($"work.{subject}");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(NamedHandler)]);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => $"{seen.By} {seen.Subject}").ShouldBe(
        [
            "work_created work.work.created", "work_created work.work-created", "HandleWorkUpdatedAsync work.work.updated", "not_implemented work.work.shipped", "unhandled_subject work.work.other",
        ]);
        worker.Log.Text.ShouldContain("NamedHandler: 'work.work-created' and 'work.work.created' both map to handle_work_created(), which gets both.");
        worker.Log.Text.ShouldContain("NamedHandler: consider dots in place of other separators: work.work-created.");
        worker.Log.Text.ShouldContain("NamedHandler has no method handle_work_shipped(), which one of its subjects needs");
    }

    [Fact]
    public async Task DefaultFallback_TriesAgain_AndKeepsACopyAtTheEnd()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.other");
        await using Worker worker = await stream.WorkAsync(setup => (setup.Handlers, setup.MaxDeliver) = ([typeof(PlainHandler)], 3));
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
        worker.Log.Count("is not routed by PlainHandler (unhandled_subject)").ShouldBe(3);
    }

    [Fact]
    public async Task OverriddenRouter_GetsEveryMessage()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.one");
        await stream.PublishAsync("work.two");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(RoutingHandler)]);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => $"{seen.By} {seen.Subject}").ShouldBe(["router work.one", "handle_one work.one", "router work.two"]);
    }

    [Fact]
    public async Task ListThatNeedsAService_IsReadAtStart()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.listed");
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(ListedHandler)], services: services => services.AddSingleton(new Listed(["work.listed"])));
        await stream.SettledAsync();
        worker.Script.Seen.Single().By.ShouldBe("handle_listed");
    }
}

internal sealed class NamedHandler(Script script) : ConventionHandler("work.work.created", "work.work-created", "work.work.updated", "work.work.shipped")
{
    public Task handle_work_created(MessageContext message) => script.SeeAsync(message, "work_created");

    public Task HandleWorkUpdatedAsync(MessageContext message, CancellationToken cancellationToken) => script.SeeAsync(message, "HandleWorkUpdatedAsync");

    protected override async ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken cancellationToken)
    {
        await script.SeeAsync(message, reason);
        return Outcome.Ack;
    }
}

internal sealed class PlainHandler() : ConventionHandler("work.one")
{
    public Task handle_one() => Task.FromResult(this);
}

internal sealed class RoutingHandler(Script script) : ConventionHandler("work.one")
{
    public override ValueTask<Outcome> HandleAsync(MessageContext message, CancellationToken cancellationToken)
    {
        script.See(message, "router");
        return message.Subject == "work.two" ? ValueTask.FromResult(Outcome.Ack) : base.HandleAsync(message, cancellationToken);
    }

    public Task handle_one(MessageContext message) => script.SeeAsync(message, "handle_one");
}

internal sealed record Listed(string[] Subjects);

internal sealed class ListedHandler(Listed listed, Script script) : ConventionHandler(listed.Subjects)
{
    public Task handle_listed(MessageContext message) => script.SeeAsync(message, "handle_listed");
}
