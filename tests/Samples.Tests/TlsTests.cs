using Nats.Consumer.Client.Tests.Tls;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests;

/// <summary>A worker as a process, with all of its TLS from the environment.</summary>
[Trait("Category", "Server")]
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nats-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Worker_CaFromTheEnvironment_RunsAndAWrongOneIsOneClearError()
    {
        var trusted = new TestAuthority(_folder.FullName, "trusted-ca");
        var other = new TestAuthority(_folder.FullName, "other-ca");
        CertificatePair shown = trusted.Issue("server");
        CertificatePair own = trusted.Issue("worker", usage: TestAuthority.ForClients);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
        {
            ConfigText = $$"""
                tls { cert_file: "{{shown.CertificateFile}}", key_file: "{{shown.KeyFile}}", ca_file: "{{trusted.CaFile}}", verify: true, timeout: 10 }
                """,
        });
        string url = $"tls://localhost:{server.Port}";
        (string, string)[] With(string ca) =>
            [("Nats__Tls__CaFile", ca), ("Nats__Tls__CertificateFile", own.CertificateFile), ("Nats__Tls__KeyFile", own.KeyFile), ("Nats__ConnectTimeout", "20s")];

        await using (SampleProcess worker = SampleProcess.Start("Orders", url, ["run", "--setup"], With(trusted.CaFile)))
        {
            await worker.PrintedAsync("Something else: orders.shipped.");
            worker.Terminate();
            (await worker.EndAsync()).ShouldExitWith(0);
        }

        SampleResult run = await SampleProcess.RunAsync("Orders", url, ["run"], With(other.CaFile));
        run.ShouldExitWith(1);
        run.Output.ShouldContain("The worker cannot start: ");
        run.Output.ShouldContain("certificate");
        run.Output.Split("The worker cannot start: ").Length.ShouldBe(2, "it is said once");
        SampleResult plan = await SampleProcess.RunAsync("Orders", url, ["plan"], With(other.CaFile));
        plan.ShouldExitWith(1);
        plan.Error.ShouldContain("certificate");
        plan.Error.TrimEnd().ShouldNotContain("\n");
        SampleResult missing = await SampleProcess.RunAsync("Orders", url, ["plan"], With(Path.Combine(_folder.FullName, "nothing.pem")));
        missing.ShouldExitWith(1);
        missing.Error.ShouldContain("nothing.pem");
    }
}
