using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Auth;

/// <summary>What a connection says of who it is. Never shown.</summary>
internal readonly struct Credentials
{
    public string? Username { get; private init; }

    public string? Password { get; private init; }

    public string? Token { get; private init; }

    public string? NKeySeed { get; private init; }

    public string? CredentialsFile { get; private init; }

    public NatsSigner? Signer { get; private init; }

    public bool IsEmpty => Username is null && Token is null && !NeedNonce;

    /// <summary>Whether these are shown by signing the server's nonce.</summary>
    public bool NeedNonce => NKeySeed is not null || CredentialsFile is not null || Signer is not null;

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
        { NKeySeed: { } seed } => new Credentials { NKeySeed = seed },
        { CredentialsFile: { } path } => new Credentials { CredentialsFile = path },
        { Signer: { } signer } => new Credentials { Signer = signer },
        _ => server.Credentials,
    };

    public override string ToString() => this switch
    {
        { Token: not null } => "a token",
        { Username: not null } => "a user name and password",
        { NKeySeed: not null } => "an nkey",
        { CredentialsFile: { } path } => $"the credentials file '{path}'",
        { Signer: { } signer } => signer.Description,
        _ => "no credentials",
    };
}
