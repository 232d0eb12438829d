using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;
using Nats.Consumer.InMemory;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>Named connections, on servers in memory.</summary>
public class ConnectionTests
{
    private const string Secret = "s3cret-Pa55word";

    private readonly string _id = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task TwoServers_SameStreamAndDurable_EachConsumerHasItsOwn()
    {
        await using Worker worker = await StartAsync(nats => nats.AddConsumer<EuConsumer>(), ("Nats:Connections:eu:Url", $"memory://eu-{_id}"));
        IJetStream eu = worker.Services.GetRequiredKeyedService<IJetStream>("EU");

        (await worker.JetStream.PublishAsync("work.home", 1)).Sequence.ShouldBe(1ul);
        (await eu.PublishAsync("work.eu", 1)).Sequence.ShouldBe(1ul);
        await worker.Script.CountAsync(2);

        worker.Script.Seen.Select(seen => seen.Subject).Order().ShouldBe(["work.eu", "work.home"]);
        (await eu.GetStreamAsync("S"))!.State.Messages.ShouldBe(1);
        (await worker.JetStream.ListConsumerNamesAsync("S").ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["worker"]);
        (await eu.ListConsumerNamesAsync("S").ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["worker"]);
        worker.Services.GetRequiredKeyedService<INatsConnection>("eu").ShouldBeSameAs(worker.Services.GetRequiredKeyedService<INatsConnection>("Eu"));
    }

    [Fact]
    public async Task Connection_OfTheConfiguration_IsTakenInThePlaceOfTheClasss()
    {
        await using Worker worker = await StartAsync(
            nats => nats.AddConsumer<EuConsumer>(),
            ("Nats:Connections:eu:Url", "nats://127.0.0.1:1"),
            ("Nats:Connections:us:Url", $"memory://us-{_id}"),
            ("Nats:Consumers:EuConsumer:Connection", "US"));
        await worker.Services.GetRequiredKeyedService<IJetStream>("us").PublishAsync("work.us", 1);
        await worker.Script.CountAsync(1);
        worker.Log.Text.ShouldNotContain("Trying again");
    }

    [Fact]
    public async Task DefaultConnection_NobodyUsesIt_IsNotMade()
    {
        await using Worker worker = await StartAsync(
            nats => nats.UseConnection(_ => throw new InvalidOperationException("It was made.")),
            ("Nats:Connections:eu:Url", $"memory://eu-{_id}"),
            ("Nats:Consumers:WorkConsumer:Connection", "eu"));
        await worker.Services.GetRequiredKeyedService<IJetStream>("eu").PublishAsync("work.eu", 1);
        await worker.Script.CountAsync(1);
    }

    [Fact]
    public async Task Code_MakesAndConfiguresConnections_AndWins()
    {
        using var server = new InMemoryJetStream();
        INatsConnection own = server.CreateConnection();
        string? seen = null;
        await using Worker worker = Make(
            nats => nats
                .AddConsumer<EuConsumer>()
                .UseConnection("eu", _ => own)
                .ConfigureConnection("us", options => (seen, options.Url) = (options.Name, $"memory://us-{_id}")),
            []);
        worker.Services.GetRequiredService<ConsumerSet>().SetUpFirst = true;
        await worker.StartAsync();
        worker.Services.GetRequiredKeyedService<INatsConnection>("eu").ShouldBeSameAs(own);
        await worker.Services.GetRequiredKeyedService<IJetStream>("eu").PublishAsync("work.eu", 1);
        await worker.Script.CountAsync(1);
        (await worker.Services.GetRequiredKeyedService<IJetStream>("us").GetAccountInfoAsync()).Streams.ShouldBe(0);
        seen.ShouldBe("tests-us");
    }

    [Theory]
    [InlineData("Nats:Consumers:WorkConsumer:Connection", "uk", "WorkConsumer: Nats:Consumers:WorkConsumer:Connection: There is no connection 'uk'. Did you mean 'us'? Nats:Connections:uk:Url would make it.")]
    [InlineData("Nats:Consumers:WorkConsumer:Connection", "asia", "WorkConsumer: Nats:Consumers:WorkConsumer:Connection: There is no connection 'asia'. There is us. Nats:Connections:asia:Url would make it.")]
    [InlineData("Nats:Connections:us:Ulr", Secret, "Nats:Connections:us:Ulr is no setting. Did you mean 'Url'?")]
    [InlineData("Nats:Connections:us", Secret, "Nats:Connections:us takes no value but the keys Url, Username, Password,")]
    [InlineData("Nats:Connections", Secret, "Nats:Connections takes no value but names of connections, as in Nats:Connections:NAME:Url.")]
    [InlineData("Nats:Connections:eu:Password", Secret, "Nats:Connections:eu:Url is missing: a named connection takes none from section 'Nats'. State it, or give the connection by UseConnection(\"eu\", …).")]
    [InlineData("Nats:Connections:us:NKeySeed", Secret, "Nats:Connections:us:NKeySeed")]
    [InlineData("Nats:Connections:us:Tls:Mode", "Always", "Nats:Connections:us:Tls:Mode is 'Always', which is none of")]
    public async Task Configuration_CannotBe_IsSaidWithItsPathAndNoSecret(string key, string value, string message)
    {
        bool isUsed = key.Contains("us:", StringComparison.Ordinal);
        Worker worker = Make(_ => { }, [("Nats:Connections:us:Url", "nats://127.0.0.1:1"), (isUsed ? "Nats:Consumers:WorkConsumer:Connection" : "Nats:RequestTimeout", isUsed ? "us" : "5s"), (key, value)]);

        (await worker.RunAsync()).ShouldBe(1);

        worker.Log.Text.ShouldContain($"The worker cannot start: {message}");
        worker.Log.Text.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Key_NobodyKnows_IsAClearError()
    {
        await using Worker worker = await StartAsync(_ => { }, ("Nats:Connections:europe:Url", "nats://127.0.0.1:1"));
        Should.Throw<ConsumerConfigurationException>(() => worker.Services.GetRequiredKeyedService<IJetStream>("europa"))
            .Message.ShouldBe("There is no connection 'europa'. Did you mean 'europe'? Nats:Connections:europa:Url would make it.");
    }

    [Fact]
    public void Name_OfSpaces_IsRefused()
    {
        using var server = new InMemoryJetStream();
        Should.Throw<ArgumentException>(() => Make(nats => nats.UseConnection(" ", _ => server.CreateConnection()), []));
    }

    private async Task<Worker> StartAsync(Action<NatsConsumersBuilder> configure, params (string Key, string Value)[] settings) => await Make(configure, settings).StartAsync();

    private Worker Make(Action<NatsConsumersBuilder> configure, (string Key, string Value)[] settings)
    {
        var setup = new ConsumerSetup { Stream = "S", Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig("S") { Subjects = ["work.>"] })] };
        return new Worker($"memory://home-{_id}", setup, configure: configure, settings: settings.GroupBy(setting => setting.Key).ToDictionary(setting => setting.Key, setting => (string?)setting.Last().Value));
    }
}
