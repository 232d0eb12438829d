using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class AuthenticationOptionsTests
{
    private static readonly TestKey User = new('U');

    private static readonly (string Name, Action<NatsConnectionOptions> Set)[] Methods =
    [
        (nameof(NatsConnectionOptions.Username), options => options.Username = "s3cret"),
        (nameof(NatsConnectionOptions.Token), options => options.Token = "s3cret"),
        (nameof(NatsConnectionOptions.NKeySeed), options => options.NKeySeed = User.Seed),
        (nameof(NatsConnectionOptions.CredentialsFile), options => options.CredentialsFile = "some.creds"),
        (nameof(NatsConnectionOptions.Signer), options => options.Signer = NatsSigner.ForNKey(User.PublicKey, (_, _) => ValueTask.FromResult(new byte[64]))),
    ];

    [Fact]
    public void Options_WithTwoMethods_NameBoth()
    {
        foreach ((string first, Action<NatsConnectionOptions> setFirst) in Methods)
        {
            foreach ((string second, Action<NatsConnectionOptions> setSecond) in Methods)
            {
                var options = new NatsConnectionOptions();
                setFirst(options);
                setSecond(options);
                if (first == second)
                {
                    Should.NotThrow(options.Validate);
                    continue;
                }

                string message = Should.Throw<ArgumentException>(options.Validate).ToString();
                message.ShouldContain("cannot be combined with");
                message.ShouldContain(first);
                message.ShouldContain(second);
                message.ShouldNotContain("s3cret");
                message.ShouldNotContain(User.Seed);
            }
        }
    }

    [Fact]
    public void Options_WithOneMethod_WinOverTheUrl()
    {
        Nats.Consumer.Client.Connecting.ServerAddress server = Nats.Consumer.Client.Connecting.ServerAddress.ParseList("nats://me:s3cret@host")[0];
        foreach ((string name, Action<NatsConnectionOptions> set) in Methods)
        {
            var options = new NatsConnectionOptions();
            set(options);
            Credentials chosen = Credentials.Choose(options, server);
            chosen.IsEmpty.ShouldBeFalse();
            chosen.NeedNonce.ShouldBe(name is not (nameof(NatsConnectionOptions.Username) or nameof(NatsConnectionOptions.Token)));
            chosen.Username.ShouldBe(options.Username);
            $"{chosen}".ShouldNotContain(User.Seed);
        }
    }

    [Fact]
    public void NKeySeed_ThatIsNone_IsRefusedAtOnceAndNotShown()
    {
        ShouldBeRefused(User.Seed[..^1], "NatsConnectionOptions.NKeySeed has 57 characters; a seed has 58.");
        ShouldBeRefused(User.PublicKey, "a public key");
        ShouldBeRefused(new TestKey('A').Seed, "the seed of an account (SA)");
        ShouldBeRefused("", "is empty");

        static void ShouldBeRefused(string seed, string why)
        {
            ArgumentException e = Should.Throw<ArgumentException>(() => new NatsConnection(new NatsConnectionOptions { NKeySeed = seed }));
            e.Message.ShouldContain(why);
            if (seed.Length > 0)
                e.ToString().ShouldNotContain(seed);
        }
    }

    [Fact]
    public void Options_WithHalfAMethod_AreRefused()
    {
        Should.Throw<ArgumentException>(new NatsConnectionOptions { Password = "s3cret" }.Validate).Message.ShouldContain("needs a Username");
        Should.Throw<ArgumentException>(new NatsConnectionOptions { CredentialsFile = " " }.Validate).Message.ShouldContain("must be the path");
    }

    [Fact]
    public void Signer_WithASeedForAKey_IsRefusedAndNotShown()
    {
        ArgumentException e = Should.Throw<ArgumentException>(() => NatsSigner.ForNKey(User.Seed, (_, _) => ValueTask.FromResult(new byte[64])));
        e.Message.ShouldContain("not a user's public key");
        e.ToString().ShouldNotContain(User.Seed);
    }
}
