using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Auth;

/// <summary>What a connection says of who it is. Never shown.</summary>
internal readonly struct Credentials
{
    public string? Username { get; private init; }

    public string? Password { get; private init; }

    public string? Token { get; private init; }

    public bool IsEmpty => Username is null && Token is null;

    /// <summary>The part of a URL before the <c>@</c>: <c>user:password</c>, or a token alone.</summary>
    public static Credentials FromUserInfo(string userInfo)
    {
        if (userInfo.Length == 0)
            return default;
        int colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new Credentials { Token = Uri.UnescapeDataString(userInfo) }
            : new Credentials { Username = Uri.UnescapeDataString(userInfo[..colon]), Password = Uri.UnescapeDataString(userInfo[(colon + 1)..]) };
    }

    /// <summary>The options win over the URL.</summary>
    public static Credentials Choose(NatsConnectionOptions options, ServerAddress server) => options switch
    {
        { Token: { } token } => new Credentials { Token = token },
        { Username: { } user } => new Credentials { Username = user, Password = options.Password ?? "" },
        _ => server.Credentials,
    };

    public override string ToString() => IsEmpty ? "no credentials" : Token is not null ? "a token" : "a user name and password";
}
