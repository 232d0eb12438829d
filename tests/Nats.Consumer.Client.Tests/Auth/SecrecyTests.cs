using System.Diagnostics;
using System.Reflection;
using Nats.Consumer.Client.Auth;
using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>Nothing shows a secret by being printed. What failures show is tested where they happen.</summary>
public sealed class SecrecyTests
{
    private const string Secret = "s3cret";

    private static readonly string[] SecretWords = ["password", "token", "seed", "secret", "jwt", "nonce", "signature", "credentials"];

    [Fact]
    public void Options_WithASecretInEveryText_DoNotShowIt()
    {
        var options = new NatsConnectionOptions();
        foreach (PropertyInfo property in typeof(NatsConnectionOptions).GetProperties().Where(property => property.PropertyType == typeof(string)))
            property.SetValue(options, Secret);
        $"{options}".ShouldNotContain(Secret);
        typeof(NatsConnectionOptions).GetCustomAttribute<DebuggerDisplayAttribute>().ShouldBeNull();
    }

    [Fact]
    public void PublicTypes_ThatPrintThemselves_HaveNoSecretProperty()
    {
        Type[] printing = [.. typeof(NatsConnection).Assembly.GetExportedTypes().Where(PrintsItself)];
        printing.ShouldContain(typeof(NatsServerInfo));
        foreach (Type type in printing)
        {
            foreach (PropertyInfo property in type.GetProperties())
                SecretWords.ShouldNotContain(word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase), $"{type.Name}.{property.Name}");
        }

        static bool PrintsItself(Type type) =>
            (type.IsClass || type.IsValueType) && !type.IsEnum && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } owner && owner != typeof(object) && owner != typeof(ValueType)
            && !typeof(Exception).IsAssignableFrom(type);
    }

    [Fact]
    public void ServerInfo_WithANonce_DoesNotShowIt() => $"{NatsServerInfo.Parse("""{"nonce":"s3cret"}"""u8)}".ShouldNotContain(Secret);

    [Fact]
    public async Task Internals_WithASecret_DoNotShowIt()
    {
        var user = new TestKey('U');
        ServerAddress server = ServerAddress.ParseList($"nats://me:{Secret}@host")[0];
        $"{server} {server.Credentials}".ShouldBe("nats://host:4222 a user name and password");
        Credentials credentials = Credentials.Choose(new NatsConnectionOptions { NKeySeed = user.Seed }, server);
        NonceProof? proof = await NonceProof.CreateAsync(credentials, server, new NatsServerInfo { Nonce = "abc" }, new NatsConnectionOptions(), default);
        $"{credentials} {proof}".ShouldBe($"an nkey {typeof(NonceProof).FullName}");
    }
}
