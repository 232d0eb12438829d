using Microsoft.Extensions.Configuration;

namespace Nats.Consumer;

/// <summary>
/// How the worker reaches its server: section <c>Nats</c> of the configuration. The environment variable <c>NATS_URL</c> wins over <c>Nats:Url</c>.
/// </summary>
public sealed class NatsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Nats";

    /// <summary>
    /// One or several servers, separated by commas; credentials may stand in it (<c>nats://user:password@host:4222</c>). <c>memory://</c> or <c>memory://NAME</c> is a server in the
    /// memory of the process, shared by name: streams are set up at start, and nothing outlives the process.
    /// </summary>
    /// <value>The default is <c>nats://127.0.0.1:4222</c>.</value>
    public string Url { get; set; } = "nats://127.0.0.1:4222";

    /// <summary>User name.</summary>
    public string? Username { get; set; }

    /// <summary>Password of <see cref="Username"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Authentication token.</summary>
    public string? Token { get; set; }

    /// <summary>The path of a <c>.creds</c> file, as nsc writes it; read anew at every connect.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>How long the JetStream API of the server may take to answer.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long handlers may go on when the worker stops, before they are told to stop too.</summary>
    /// <value>The default is 25 seconds: less than the 30 that container platforms usually grant.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>A file that is written every 5 seconds as long as the worker is alive, for platforms that probe by command (<c>Nats:Liveness:File</c>).</summary>
    public string? LivenessFile { get; set; }

    internal static void Bind(IConfiguration configuration, NatsOptions options)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        options.Url = configuration["NATS_URL"] ?? section[nameof(Url)] ?? options.Url;
        options.Username = section[nameof(Username)] ?? options.Username;
        options.Password = section[nameof(Password)] ?? options.Password;
        options.Token = section[nameof(Token)] ?? options.Token;
        options.CredentialsFile = section[nameof(CredentialsFile)] ?? options.CredentialsFile;
        options.RequestTimeout = Time(section, nameof(RequestTimeout), options.RequestTimeout);
        options.LivenessFile = section["Liveness:File"] ?? options.LivenessFile;
        options.ShutdownTimeout = Time(section, nameof(ShutdownTimeout), options.ShutdownTimeout);
    }

    private static TimeSpan Time(IConfigurationSection section, string key, TimeSpan otherwise)
    {
        if (section[key] is not { } text)
            return otherwise;
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out TimeSpan time) && time > TimeSpan.Zero
            ? time
            : throw new ConsumerConfigurationException($"{section.Path}:{key} is '{text}', which is no time. Write it as hours:minutes:seconds, as in 00:00:05.");
    }
}
