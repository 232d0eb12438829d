namespace Nats.Consumer.Client.Auth;

/// <summary>The protocol has no codes: which error texts of a server mean that the credentials are no good.</summary>
internal static class AuthenticationErrors
{
    // What nats-server sends (2.9 to 2.15): client.go authViolation, authExpired and accountAuthExpired, accounts.go for revoked users. Its own
    // "authentication error" goes to its log only, but nothing else can be meant by it. "Authentication Timeout" is not among them: it means slow, not wrong.
    private static readonly string[] Texts =
    [
        "authorization violation",
        "authentication error",
        "user authentication expired",
        "user authentication revoked",
        "account authentication expired",
    ];

    public static bool Contains(string error) => Texts.Any(text => error.Contains(text, StringComparison.OrdinalIgnoreCase));

    public static NatsAuthenticationException ToException(
        string error, Connecting.ServerAddress server, Credentials credentials, NonceProof? proof, TimeProvider time) =>
        new($"{server} refused {credentials} ('{error}'). {Advice(credentials, proof, time)}");

    private static string Advice(Credentials credentials, NonceProof? proof, TimeProvider time)
    {
        if (credentials.IsEmpty)
            return "Give credentials in the URL (nats://user:password@host, nats://token@host) or in the options.";
        if (proof is { PublicKey: { } key })
            return $"Check that the server's configuration has a user with the nkey {key}.";
        if (proof is not { Jwt: { } jwt })
            return "Check them against the server's configuration.";

        // The server gives one text for all reasons; some can be seen from here.
        UserJwt claims = UserJwt.Read(jwt);
        if (claims.ExpiresAt is { } end && end <= time.GetUtcNow())
            return $"The user JWT expired at {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Get a new one.";
        return $"Check that the server knows the account ({claims.Account ?? "unreadable"}) and that the account admits the user ({claims.Subject ?? "unreadable"}): "
            + "not revoked, from this address, at this time.";
    }
}
