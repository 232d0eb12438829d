using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class ServerPoolTests
{
    private static readonly IReadOnlyList<ServerAddress> Seeds = ServerAddress.ParseList("nats://u:p@a:1,b:2,c:3");

    [Fact]
    public void Round_NotShuffled_KeepsTheOrderOfTheUrl() =>
        Places(Pool(shuffle: false).Round(last: null)).ShouldBe(["nats://a:1", "nats://b:2", "nats://c:3"]);

    [Fact]
    public void Round_Shuffled_HasEveryServerOnce()
    {
        var random = new Random(1);
        var orders = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            var pool = new ServerPool(Seeds, shuffle: true, random.NextDouble);
            string[] places = Places(pool.Round(last: null));
            places.ShouldBe(["nats://a:1", "nats://b:2", "nats://c:3"], ignoreOrder: true);
            orders.Add(string.Join(' ', places));
        }

        orders.Count.ShouldBe(6);
    }

    [Fact]
    public void Round_AfterAConnectionWasLost_TriesItsServerLast() =>
        Places(Pool(shuffle: false).Round(Seeds[0])).ShouldBe(["nats://b:2", "nats://c:3", "nats://a:1"]);

    [Fact]
    public void Learn_NewServers_JoinWithTheCredentialsOfTheOneThatNamedThem()
    {
        ServerPool pool = Pool(shuffle: false);

        pool.Learn(new NatsServerInfo { ConnectUrls = ["d:4", "a:1", "[::1]:5", "d:4"] }, Seeds[0]);

        IReadOnlyList<ServerAddress> round = pool.Round(last: null);
        Places(round).ShouldBe(["nats://a:1", "nats://b:2", "nats://c:3", "nats://d:4", "nats://[::1]:5"], ignoreOrder: true);
        round.Single(server => server.Host == "d").Credentials.Username.ShouldBe("u");
    }

    [Fact]
    public void Learn_ServersThatAreNotNamedAnyMore_LeaveButSeedsStay()
    {
        ServerPool pool = Pool(shuffle: false);
        pool.Learn(new NatsServerInfo { ConnectUrls = ["d:4", "e:5"] }, Seeds[0]);

        pool.Learn(new NatsServerInfo { ConnectUrls = ["e:5"] }, Seeds[0]);

        Places(pool.Round(last: null)).ShouldBe(["nats://a:1", "nats://b:2", "nats://c:3", "nats://e:5"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("not a host:4222")]
    public void Learn_WhatIsNoAddress_IsPassedOver(string url)
    {
        ServerPool pool = Pool(shuffle: false);

        pool.Learn(new NatsServerInfo { ConnectUrls = [url] }, Seeds[0]);

        pool.Round(last: null).Count.ShouldBe(3);
    }

    private static ServerPool Pool(bool shuffle) => new(Seeds, shuffle, () => 0.5);

    private static string[] Places(IEnumerable<ServerAddress> servers) => [.. servers.Select(server => server.ToString())];
}
