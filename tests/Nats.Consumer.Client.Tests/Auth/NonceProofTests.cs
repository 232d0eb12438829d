using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Nats.Consumer.Client.Auth;
using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class NonceProofTests
{
    private const string Nonce = "PXoWU7zWAMt75FY";

    private static readonly TestKey User = new('U');
    private static readonly ServerAddress Server = ServerAddress.ParseList("nats://me:s3cret@host")[0];

    [Fact]
    public async Task Proof_WithASeed_GoesIntoConnect()
    {
        JsonElement connect = await ConnectAsync(new NatsConnectionOptions { NKeySeed = User.Seed });
        connect.GetProperty("nkey").GetString().ShouldBe(User.PublicKey);
        connect.GetProperty("sig").GetString().ShouldBe(Base64Url.EncodeToString(User.Sign(Encoding.ASCII.GetBytes(Nonce))));
        connect.TryGetProperty("jwt", out _).ShouldBeFalse();
        connect.GetRawText().ShouldNotContain(User.Seed);
    }

    [Fact]
    public async Task Proof_WithAFile_GoesIntoConnect()
    {
        string jwt = new TestCredentials().UserJwt(User);
        using var file = new TemporaryFile(TestCredentials.Text(jwt, User));
        JsonElement connect = await ConnectAsync(new NatsConnectionOptions { CredentialsFile = file.Path });
        connect.GetProperty("jwt").GetString().ShouldBe(jwt);
        connect.GetProperty("sig").GetString().ShouldBe(Base64Url.EncodeToString(User.Sign(Encoding.ASCII.GetBytes(Nonce))));
        connect.TryGetProperty("nkey", out _).ShouldBeFalse();
        connect.GetRawText().ShouldNotContain(User.Seed);
    }

    [Fact]
    public async Task Proof_WithASigner_GoesIntoConnect()
    {
        byte[] signature = new byte[64];
        Array.Fill(signature, (byte)0xff);
        JsonElement connect = await ConnectAsync(new NatsConnectionOptions
        {
            Signer = NatsSigner.ForJwt(
                _ => ValueTask.FromResult("a.b.c\n"),
                (nonce, _) =>
                {
                    Encoding.ASCII.GetString(nonce.Span).ShouldBe(Nonce);
                    return ValueTask.FromResult(signature);
                }),
        });
        connect.GetProperty("jwt").GetString().ShouldBe("a.b.c");
        connect.GetProperty("sig").GetString().ShouldBe($"{new string('_', 85)}w"); // base64url, no padding
    }

    [Fact]
    public async Task Proof_OfAPassword_IsNone() => (await NonceProof.CreateAsync(
        Credentials.Choose(new NatsConnectionOptions(), Server), Server, new NatsServerInfo { Nonce = Nonce }, new NatsConnectionOptions(), default)).ShouldBeNull();

    [Fact]
    public async Task Server_WithoutNonce_IsExplained()
    {
        NatsAuthenticationException e = await Should.ThrowAsync<NatsAuthenticationException>(ConnectAsync(new NatsConnectionOptions { NKeySeed = User.Seed }, nonce: null));
        e.Message.ShouldStartWith("nats://host:4222 sent no nonce to sign, so it cannot be shown an nkey");
        e.ToString().ShouldNotContain(User.Seed);
    }

    [Fact]
    public async Task File_ThatCannotBeUsed_IsNamedAndNotShown()
    {
        using var file = new TemporaryFile();
        (await RefusedAsync(file.Path)).ShouldContain("does not exist. Put it there, or correct NatsConnectionOptions.CredentialsFile.");
        (await RefusedAsync(Path.Combine(file.Path, "deeper"))).ShouldContain("does not exist");
        (await RefusedAsync(Path.GetDirectoryName(file.Path)!)).ShouldContain("or is a directory");
        file.Replace("a file that is something else, s3cret");
        (await RefusedAsync(file.Path)).ShouldContain("has no part BEGIN NATS USER JWT. Write it anew");
        var other = new TestKey('U');
        file.Replace(TestCredentials.Text(new TestCredentials().UserJwt(other), User));
        (await RefusedAsync(file.Path)).ShouldContain($"has the seed of {User.PublicKey} and the JWT of {other.PublicKey}");

        static async Task<string> RefusedAsync(string path)
        {
            NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(ConnectAsync(new NatsConnectionOptions { CredentialsFile = path }));
            e.IsAboutCredentials.ShouldBeTrue();
            e.Message.ShouldContain(path);
            e.ToString().ShouldNotContain("s3cret");
            e.ToString().ShouldNotContain(User.Seed);
            e.ToString().ShouldNotContain("eyJ");
            return e.Message;
        }
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData(63, "63 bytes")]
    public async Task Signer_WithNoSignature_IsExplained(int? length, string returned)
    {
        var options = new NatsConnectionOptions { Signer = NatsSigner.ForNKey(User.PublicKey, (_, _) => ValueTask.FromResult(length is { } count ? new byte[count] : null!)) };
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(ConnectAsync(options));
        e.Message.ShouldContain($"returned {returned}; an Ed25519 signature has 64");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s3cret")]
    public async Task Signer_WithNoJwt_IsExplained(string? jwt)
    {
        var options = new NatsConnectionOptions { Signer = NatsSigner.ForJwt(_ => ValueTask.FromResult(jwt!), (_, _) => ValueTask.FromResult(new byte[64])) };
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(ConnectAsync(options));
        e.Message.ShouldContain("returned no JWT");
        e.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Signer_ThatIgnoresItsToken_DoesNotHoldTheConnectUp()
    {
        using var stop = new CancellationTokenSource();
        var options = new NatsConnectionOptions { Signer = NatsSigner.ForNKey(User.PublicKey, async (_, _) => await new TaskCompletionSource<byte[]>().Task) };
        Task<JsonElement> connecting = ConnectAsync(options, cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(connecting.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    private static async Task<JsonElement> ConnectAsync(NatsConnectionOptions options, string? nonce = Nonce, CancellationToken cancellationToken = default)
    {
        Credentials credentials = Credentials.Choose(options, Server);
        NonceProof? proof = await NonceProof.CreateAsync(credentials, Server, new NatsServerInfo { Nonce = nonce }, options, cancellationToken);
        string command = Encoding.UTF8.GetString(ConnectCommand.Write(options, credentials, proof)).Split("\r\n")[0];
        JsonElement connect = JsonDocument.Parse(command["CONNECT ".Length..]).RootElement;
        connect.TryGetProperty("user", out _).ShouldBeFalse();
        connect.TryGetProperty("auth_token", out _).ShouldBeFalse();
        return connect;
    }
}
