using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>In production the container does not look whether it can make what it was told of. The worker does, before the first message.</summary>
[Trait("Client", "BuiltIn")]
public class MissingServiceTests
{
    [Fact]
    public async Task Handler_TakesWhatIsNotRegistered_DoesNotStart()
    {
        await using var worker = new Worker("nats://nowhere:1", SetupOf<NeedyHandler>());

        (await worker.RunAsync("run", "--demo")).ShouldBe(1);

        worker.Log.Text.ShouldContain(
            "The worker cannot start: WorkConsumer: NeedyHandler cannot be made: its constructor takes IBook, which is not registered. Register it, as by builder.Services.AddSingleton<IBook, …>().");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_WhatItTakesIsThere_Starts(bool byFactory)
    {
        await using var worker = new Worker(
            "nats://nowhere:1",
            SetupOf<NeedyHandler>(),
            services: services => _ = byFactory ? services.AddScoped(provider => new NeedyHandler(new Book(), provider.GetRequiredService<Script>())) : services.AddSingleton<IBook, Book>());

        (await worker.RunAsync("run", "--demo")).ShouldBe(0, worker.Log.Text);

        worker.Script.Seen.Select(seen => seen.By).ShouldBe(["needy"]);
    }

    [Fact]
    public async Task Handler_MayGoWithout_Starts()
    {
        await using var worker = new Worker("nats://nowhere:1", SetupOf<ModestHandler>());

        (await worker.RunAsync("run", "--demo")).ShouldBe(0, worker.Log.Text);

        worker.Script.Seen.Select(seen => seen.By).ShouldBe(["modest"]);
    }

    [Fact]
    public async Task Consumer_TakesWhatIsNotRegistered_SaysSoInOneLine()
    {
        await using var worker = new Worker("nats://nowhere:1", SetupOf<ModestHandler>(), configure: nats => nats.AddConsumer<NeedyConsumer>());

        (await worker.RunAsync("run")).ShouldBe(1);

        worker.Log.Text.ShouldContain("The worker cannot start: A consumer class cannot be made: Unable to resolve service for type");
        worker.Log.Text.ShouldContain("What its constructor takes must be registered, as by builder.Services.AddSingleton<…>().");
    }

    private static ConsumerSetup SetupOf<THandler>() => new()
    {
        Stream = "needs",
        Handlers = [typeof(THandler)],
        Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig("needs") { Subjects = ["needs.>"] })],
    };

    public interface IBook;

    private sealed class Book : IBook;

    public sealed class NeedyHandler(IBook book, Script script) : ConsumerHandler
    {
        [Handle("needs.book")]
        public Task OnAsync(MessageContext message) => script.SeeAsync(message, book is null ? "nothing" : "needy");
    }

    public sealed class ModestHandler(Script script, [FromKeyedServices("none")] IBook? keyed = null, IBook? book = null) : ConsumerHandler
    {
        [Handle("needs.nothing")]
        public Task OnAsync(MessageContext message) => script.SeeAsync(message, (book ?? keyed) is null ? "modest" : "rich");
    }

    public sealed class NeedyConsumer(IBook book) : PullConsumer
    {
        public override string StreamName => book.GetType().Name;
    }
}
