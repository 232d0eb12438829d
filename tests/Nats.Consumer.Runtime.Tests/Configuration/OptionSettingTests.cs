using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Nats.Consumer.Client;
using Nats.Consumer.Configuration;

namespace Nats.Consumer.Tests.Configuration;

public class OptionSettingTests
{
    [Fact]
    public void Bind_EveryKey_IsTaken()
    {
        NatsOptions options = Bind(
            out ConsumerConfigurationException? problem,
            ("Nats:Url", "nats://a:1"),
            ("Nats:Username", "u"),
            ("Nats:Password", "p"),
            ("Nats:Token", "t"),
            ("Nats:CredentialsFile", "c"),
            ("Nats:NKeySeed", "SU"),
            ("Nats:ConnectionName", "n"),
            ("Nats:InboxPrefix", "_I"),
            ("Nats:SubjectPrefix", "staging"),
            ("Nats:ConnectTimeout", "1s"),
            ("Nats:PingInterval", "2s"),
            ("Nats:MaxReconnectDelay", "3s"),
            ("Nats:RequestTimeout", "4s"),
            ("Nats:ShutdownTimeout", "5s"),
            ("Nats:Liveness:File", "f"),
            ("nats:tls:mode", "Implicit"),
            ("Nats:Tls:CaFile", "ca"),
            ("Nats:Tls:CertificateFile", "crt"),
            ("Nats:Tls:KeyFile", "key"),
            ("Nats:Tls:KeyPassword", "kp"),
            ("Nats:Tls:ServerName", "s"),
            ("Nats:Tls:RevocationMode", "Online"),
            ("Nats:Tls:InsecureSkipServerVerification", "true"),
            ("Nats:Consumers:X:Y", "z"));

        problem.ShouldBeNull();
        (options.Url, options.Username, options.Password, options.Token, options.CredentialsFile, options.NKeySeed, options.ConnectionName, options.InboxPrefix, options.SubjectPrefix, options.LivenessFile)
            .ShouldBe(("nats://a:1", "u", "p", "t", "c", "SU", "n", "_I", "staging", "f"));
        new[] { options.ConnectTimeout, options.PingInterval, options.MaxReconnectDelay, options.RequestTimeout, options.ShutdownTimeout }.Select(time => time.TotalSeconds).ShouldBe([1, 2, 3, 4, 5]);
        (options.Tls.Mode, options.Tls.CaFile, options.Tls.CertificateFile, options.Tls.KeyFile, options.Tls.KeyPassword, options.Tls.ServerName, options.Tls.RevocationMode, options.Tls.InsecureSkipServerVerification)
            .ShouldBe((NatsTlsMode.Implicit, "ca", "crt", "key", "kp", "s", X509RevocationMode.Online, true));
        OptionSettingTable.Names.Count().ShouldBe(23);
    }

    [Fact]
    public void Bind_NamedConnection_InheritsTimeoutsAndTheEnvironmentAndNothingElse()
    {
        NatsOptions options = Bind(
            out ConsumerConfigurationException? problem,
            ("Nats:Connections:eu:Url", "nats://eu:1"),
            ("Nats:Connections:eu:PingInterval", "9s"),
            ("Nats:Connections:eu:Tls:CaFile", "ca"),
            ("Nats:Url", "nats://a:1"),
            ("Nats:Username", "u"),
            ("Nats:Password", "p"),
            ("Nats:Token", "t"),
            ("Nats:CredentialsFile", "c"),
            ("Nats:NKeySeed", "SU"),
            ("Nats:ConnectionName", "n"),
            ("Nats:InboxPrefix", "_I"),
            ("Nats:SubjectPrefix", "staging"),
            ("Nats:Connections:us:SubjectPrefix", ""),
            ("Nats:Connections:jp:SubjectPrefix", "qa"),
            ("Nats:ConnectTimeout", "1s"),
            ("Nats:PingInterval", "2s"),
            ("Nats:MaxReconnectDelay", "3s"),
            ("Nats:RequestTimeout", "4s"),
            ("Nats:Tls:Mode", "Implicit"),
            ("NATS_URL", "nats://b:2"));

        problem.ShouldBeNull();
        options.Connections.OrderBy(connection => connection.Key).Select(connection => $"{connection.Key} {connection.Value.SubjectPrefix}").ShouldBe(["eu staging", "jp qa", "us "]);
        NatsConnectionSettings eu = options.Connections["EU"];
        (eu.Url, eu.Username, eu.Password, eu.Token, eu.CredentialsFile, eu.NKeySeed, eu.ConnectionName, eu.InboxPrefix).ShouldBe(("nats://eu:1", null, null, null, null, null, null, "_INBOX"));
        (eu.Tls.Mode, eu.Tls.CaFile, options.Tls.CaFile).ShouldBe((NatsTlsMode.Auto, "ca", null));
        new[] { eu.ConnectTimeout, eu.PingInterval, eu.MaxReconnectDelay, eu.RequestTimeout }.Select(time => time.TotalSeconds).ShouldBe([1, 9, 3, 4]);
    }

    [Fact]
    public void Bind_EveryKeyOfAConnection_IsTaken()
    {
        Bind(out ConsumerConfigurationException? problem, [.. OptionSettingTable.ConnectionNames.Select(name => ($"Nats:Connections:eu:{name}", name.EndsWith("Mode", StringComparison.Ordinal) ? name.Contains("Rev") ? "Online" : "Off" : name.EndsWith("Verification", StringComparison.Ordinal) ? "true" : "1s"))]);
        problem.ShouldBeNull();
        OptionSettingTable.ConnectionNames.Count().ShouldBe(21);
    }

    [Fact]
    public void Bind_NatsUrl_WinsOverTheKey() => Bind(out _, ("Nats:Url", "nats://a:1"), ("NATS_URL", "nats://b:2")).Url.ShouldBe("nats://b:2");

    [Fact]
    public void Bind_SeveralProblems_NamesThemAll()
    {
        Bind(out ConsumerConfigurationException? problem, ("Nats:Ulr", "x"), ("Nats:RequestTimeout", "5"), ("Nats:ConnectTimeout", "0"), ("Nats:Tls:CaFiel", "ca"), ("Nats:Tls:Mode", "Always"), ("Nats:SubjectPrefix", "a-b"), ("Nats:Connections:eu:SubjectPrefix", "a.b"));

        const string cannotBe = "cannot be a subject prefix. It is one token of letters, digits and '_', at most 32, that begins with a letter or digit: the first dot ends it in subjects and the first '-' in names of streams, so it has neither.";
        problem!.Message.Split(Environment.NewLine).ShouldBe(
        [
            "Nats:ConnectTimeout is '0', which is no time that can be waited for. It must be more than zero.",
            "Nats:RequestTimeout is '5', which is no time. Write it as 500ms, 30s, 5m, 1h or 7d, or as hours:minutes:seconds, as in 00:00:30.",
            $"Nats:SubjectPrefix: 'a-b' {cannotBe}",
            "Nats:Tls:CaFiel is no setting. Did you mean 'CaFile'?",
            "Nats:Ulr is no setting. Did you mean 'Url'?",
            $"Nats:Connections:eu:SubjectPrefix: 'a.b' {cannotBe}",
        ]);
    }

    [Theory]
    [InlineData("Concurency", "Concurrency")]
    [InlineData("batchsize", "BatchSize")]
    [InlineData("AckWiat", "AckWait")]
    [InlineData("Colour", null)]
    public void Nearest_FindsWhatIsNear(string unknown, string? expected) => Suggestion.Nearest(unknown, ["Concurrency", "BatchSize", "AckWait"]).ShouldBe(expected);

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2H", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:00:05", 5000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("0", 0)]
    public void Time_Forms_AreRead(string text, double milliseconds)
    {
        TimeText.TryParse(text, out TimeSpan time).ShouldBeTrue();
        time.TotalMilliseconds.ShouldBe(milliseconds);
        TimeText.TryParse(TimeText.Of(time), out TimeSpan again).ShouldBeTrue();
        again.ShouldBe(time);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("5 minutes")]
    [InlineData("99999999999999d")]
    [InlineData("")]
    public void Time_Other_IsRefused(string text) => TimeText.TryParse(text, out _).ShouldBeFalse();

    private static NatsOptions Bind(out ConsumerConfigurationException? problem, params (string Key, string Value)[] pairs)
    {
        var options = new NatsOptions();
        problem = OptionSettingTable.Bind(new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build(), options);
        return options;
    }
}
