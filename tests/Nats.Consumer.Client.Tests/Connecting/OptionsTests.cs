namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class OptionsTests
{
    public static readonly TheoryData<string, Action<NatsConnectionOptions>> Unusable = new()
    {
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.Zero },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.MaxValue },
        { "PingInterval", options => options.PingInterval = Timeout.InfiniteTimeSpan },
        { "PingInterval", options => options.PingInterval = TimeSpan.MaxValue },
        { "MaxPingsOut", options => options.MaxPingsOut = 0 },
        { "MaxReconnectDelay", options => options.MaxReconnectDelay = TimeSpan.Zero },
        { "MaxReconnectDelay", options => options.MaxReconnectDelay = TimeSpan.MaxValue },
        { "OutageTimeout", options => options.OutageTimeout = TimeSpan.Zero },
        { "OutageTimeout", options => options.OutageTimeout = TimeSpan.MaxValue },
        { "MaxPendingBytes", options => options.MaxPendingBytes = 1 },
        { "InboxPrefix", options => options.InboxPrefix = "" },
        { "InboxPrefix", options => options.InboxPrefix = "a b" },
        { "InboxPrefix", options => options.InboxPrefix = "a.*" },
        { "InboxPrefix", options => options.InboxPrefix = "a.>" },
        { "InboxPrefix", options => options.InboxPrefix = "a." },
        { "InboxPrefix", options => options.InboxPrefix = ".a" },
        { "InboxPrefix", options => options.InboxPrefix = "a..b" },
        { "Token", options => (options.Token, options.Username) = ("t", "u") },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void Option_Unusable_IsNamed(string name, Action<NatsConnectionOptions> change)
    {
        var options = new NatsConnectionOptions();
        change(options);
        Should.Throw<ArgumentException>(() => new NatsConnection(options)).Message.ShouldContain($"NatsConnectionOptions.{name} ");
    }

    [Fact]
    public async Task Inbox_WithAPrefix_IsUnique()
    {
        await using var connection = new NatsConnection(new NatsConnectionOptions { InboxPrefix = "_INBOX.team" });
        string inbox = connection.NewInbox();
        inbox.ShouldMatch(@"^_INBOX\.team\.\w{22}\.1$");
        connection.NewInbox().ShouldNotBe(inbox);
    }
}
