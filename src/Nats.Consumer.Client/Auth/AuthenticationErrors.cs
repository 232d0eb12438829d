namespace Nats.Consumer.Client.Auth;

/// <summary>The protocol has no codes: which error texts of a server mean that the credentials are no good.</summary>
internal static class AuthenticationErrors
{
    // nats-server, server/errors.go: ErrAuthentication, ErrAuthExpired, ErrAuthorization and the account errors.
    private static readonly string[] Texts =
    [
        "authorization violation",
        "authentication error",
        "user authentication expired",
        "user authentication revoked",
        "account authentication expired",
    ];

    public static bool Contains(string error) => Texts.Any(text => error.Contains(text, StringComparison.OrdinalIgnoreCase));

    public static NatsAuthenticationException ToException(string error, Connecting.ServerAddress server, Credentials credentials) => new(
        $"{server} refused {credentials} ('{error}'). "
        + (credentials.IsEmpty
            ? "Give credentials in the URL (nats://user:password@host, nats://token@host) or in the options."
            : "Check them against the server's configuration."));
}
