using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>Two authorities, of which clients trust the first, and servers that show their certificates.</summary>
public sealed class TlsFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nats-tls-");

    public TlsFixture()
    {
        Trusted = new TestAuthority(_folder.FullName, "trusted-ca");
        Other = new TestAuthority(_folder.FullName, "other-ca");
        Good = Trusted.Issue("good");
    }

    internal TestAuthority Trusted { get; }

    internal TestAuthority Other { get; }

    /// <summary>A certificate for servers at localhost and 127.0.0.1 that nothing is wrong with.</summary>
    internal CertificatePair Good { get; }

    /// <param name="certificate">What the server shows.</param>
    /// <param name="more">More lines of its <c>tls</c> block.</param>
    /// <param name="outside">More lines around it.</param>
    /// <param name="handshakeFirst">Whether the server waits for TLS before it greets.</param>
    internal static Task<NatsServerProcess> StartServerAsync(CertificatePair certificate, string more = "", string outside = "", bool handshakeFirst = false) =>
        NatsServerProcess.StartAsync(new NatsServerOptions
        {
            JetStream = false,
            HandshakeFirst = handshakeFirst,
            ConfigText = $$"""
                {{outside}}
                tls {
                  cert_file: "{{certificate.CertificateFile}}"
                  key_file: "{{certificate.KeyFile}}"
                  timeout: 10
                  {{(handshakeFirst ? "handshake_first: true" : "")}}
                  {{more}}
                }
                """,
        });

    /// <summary>The configuration of a server that requires client certificates of this authority.</summary>
    internal static string Verify(TestAuthority authority) => $"ca_file: \"{authority.CaFile}\"\n  verify: true";

    /// <summary>Options that trust the first authority, with time enough for a busy machine.</summary>
    internal NatsConnectionOptions Options(NatsServerProcess server, string scheme = "tls", Action<NatsTlsOptions>? change = null) =>
        Options($"{scheme}://localhost:{server.Port}", change);

    internal NatsConnectionOptions Options(string url, Action<NatsTlsOptions>? change = null)
    {
        var options = new NatsConnectionOptions { Url = url, ConnectTimeout = Soon.Deadline };
        options.Tls.CaFile = Trusted.CaFile;
        change?.Invoke(options.Tls);
        return options;
    }

    /// <summary>Connects, and proves with a round trip that the connection is good for something.</summary>
    internal static async Task ConnectsAsync(NatsConnectionOptions options)
    {
        await using var connection = new NatsConnection(options);
        await connection.ConnectAsync().WithinDeadline();
        await connection.FlushAsync().WithinDeadline();
    }

    internal static async Task<T> FailsAsync<T>(NatsConnectionOptions options)
        where T : Exception
    {
        await using var connection = new NatsConnection(options);
        return await Should.ThrowAsync<T>(() => connection.ConnectAsync().WithinDeadline());
    }

    /// <summary>A path in the fixture's folder.</summary>
    internal string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
