using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>An operator with one account, and users of it; what a server needs to know of them.</summary>
internal sealed class TestCredentials
{
    private static readonly object Unlimited = new
    {
        subs = -1,
        data = -1,
        payload = -1,
        imports = -1,
        exports = -1,
        wildcards = true,
        conn = -1,
        leaf = -1,
    };

    private readonly TestKey _operator = new('O');
    private readonly TestKey _account = new('A');

    public string AccountPublicKey => _account.PublicKey;

    public NatsServerOptions ServerOptions => new()
    {
        JetStream = false,
        ConfigText = $$"""
            operator: {{_operator.Issue(_operator, new { type = "operator", version = 2 })}}
            resolver: MEMORY
            resolver_preload: { {{_account.PublicKey}}: {{_operator.Issue(_account, new { type = "account", version = 2, limits = Unlimited })}} }
            """,
    };

    public string UserJwt(TestKey user, DateTimeOffset? expiresAt = null) =>
        _account.Issue(user, new { type = "user", version = 2, subs = -1, data = -1, payload = -1 }, expiresAt);

    /// <summary>What nsc writes to a <c>.creds</c> file.</summary>
    public static string Text(string jwt, TestKey user) => $"""
        -----BEGIN NATS USER JWT-----
        {jwt}
        ------END NATS USER JWT------

        ************************* IMPORTANT *************************
        NKEY Seed printed below can be used to sign and prove identity.
        NKEYs are sensitive and should be treated as secrets.

        -----BEGIN USER NKEY SEED-----
        {user.Seed}
        ------END USER NKEY SEED------

        *************************************************************

        """;
}
