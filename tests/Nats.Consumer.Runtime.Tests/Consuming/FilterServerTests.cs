using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What the server is asked for, and what is handled, where one filter says it, where it takes several, and where the server cannot say it.</summary>
[Trait("Category", "Server")]
public class FilterServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] Published = ["f.a", "f.b", "f.c.1", "f.d.x", "f.z", "f.m.1.x", "f.m.2.x", "f.m.a.y", "f.m.a.x"];

    [Fact]
    public async Task OneSubject_IsTheFilter()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        await using Worker worker = await StartAsync(stream, typeof(OneHandler));
        await HandlesAsync(stream, worker, "f.a");
        await FilterIsAsync(stream, "f.a");
    }

    [Fact]
    public async Task CoveredSubjects_AreCoveredByOneFilter()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        await using Worker worker = await StartAsync(stream, typeof(CoveredHandler));
        await HandlesAsync(stream, worker, "f.a", "f.b", "f.z");
        await FilterIsAsync(stream, "f.*");
    }

    [Fact]
    public async Task Everything_HasNoFilter()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        await using Worker worker = await StartAsync(stream, typeof(EverythingHandler));
        await HandlesAsync(stream, worker, Published);
        await FilterIsAsync(stream);
    }

    [Fact]
    public async Task SeveralSubjects_AreTakenAndNothingElse()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        await using Worker worker = await StartAsync(stream, typeof(SeveralHandler));
        await HandlesAsync(stream, worker, "f.a", "f.c.1", "f.d.x");
        if (server.Is210)
        {
            await FilterIsAsync(stream, "f.a", "f.c.*", "f.d.>");
            worker.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
        }
        else
        {
            await FilterIsAsync(stream, "f.>");
            worker.Log.Worse(LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldBe(
                $"WorkConsumer: nats-server {server.Version} cannot filter by f.a, f.c.*, f.d.>, so 'f.>' is consumed and what no handler takes is acknowledged unseen.");
        }
    }

    [Fact]
    public async Task PartlyOverlappingSubjects_AreEachHandledOnce()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        await using Worker worker = await StartAsync(stream, typeof(OverlappingHandler));
        await HandlesAsync(stream, worker, "f.m.1.x", "f.m.2.x", "f.m.a.y", "f.m.a.x");
    }

    [Fact]
    public async Task SubjectsChange_FromOneToSeveralAndBack_AreUpdated()
    {
        await using TestStream stream = await server.StreamAsync("f.>");
        // A server before 2.10 can narrow a filter and no more.
        Type[] handlers = server.Is210 ? [typeof(OneHandler), typeof(SeveralHandler), typeof(EverythingHandler), typeof(SeveralHandler)] : [typeof(EverythingHandler), typeof(SeveralHandler)];
        foreach (Type handler in handlers)
        {
            await using Worker worker = await StartAsync(stream, handler);
        }

        await using Worker last = await StartAsync(stream, typeof(OneHandler));
        await FilterIsAsync(stream, "f.a");
        await HandlesAsync(stream, last, "f.a");
    }

    [Fact]
    public async Task WorkQueue_ServerThatCannotFilter_IsRefusedInsteadOfTakingMessagesAway()
    {
        Assert.SkipWhen(server.Is210, "Since 2.10 the server has several filters.");
        await using TestStream stream = await server.StreamAsync("f.>", config => config["retention"] = "workqueue");
        await using var worker = new Worker(server.Url, stream.Setup(setup => setup.Handlers = [typeof(SeveralHandler)]));
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Text.ShouldContain("it would take messages away from other consumers of this work queue");
    }

    private static Task<Worker> StartAsync(TestStream stream, Type handler) => stream.WorkAsync(setup => setup.Handlers = [handler]);

    private static async Task HandlesAsync(TestStream stream, Worker worker, params string[] subjects)
    {
        foreach (string subject in Published)
            await stream.PublishAsync(subject);
        await worker.Script.CountAsync(subjects.Length);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(subjects);
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    private static async Task FilterIsAsync(TestStream stream, params string[] filters)
    {
        JsonObject config = (await stream.ConsumerAsync()).Config;
        string[] single = (string?)config["filter_subject"] is { Length: > 0 } filter ? [filter] : [];
        string[] several = config["filter_subjects"] is JsonArray list ? [.. list.Select(item => (string)item!)] : [];
        single.Concat(several).Order(StringComparer.Ordinal).ShouldBe(filters);
    }

    public sealed class OneHandler(Script script) : ConsumerHandler
    {
        [Handle("f.a")]
        public Task OnAAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class CoveredHandler(Script script) : ConsumerHandler
    {
        [Handle("f.a", "f.b")]
        public Task OnFirstAsync(MessageContext message) => script.SeeAsync(message);

        [Handle("f.*")]
        public Task OnAnyAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class SeveralHandler(Script script) : ConsumerHandler
    {
        [Handle("f.a", "f.c.{id}", "f.d.>")]
        public Task OnSomeAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class EverythingHandler(Script script) : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAnyAsync(MessageContext message) => script.SeeAsync(message);
    }

    public sealed class OverlappingHandler(Script script) : ConsumerHandler
    {
        [Handle("f.m.*.x", "f.m.a.*")]
        public Task OnSomeAsync(MessageContext message) => script.SeeAsync(message);
    }
}
