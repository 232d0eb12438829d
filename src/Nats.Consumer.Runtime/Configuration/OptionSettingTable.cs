using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Nats.Consumer.Client;

namespace Nats.Consumer.Configuration;

/// <summary>Every key of section <c>Nats</c> that is not about one consumer.</summary>
internal static class OptionSettingTable
{
    private const string Connections = "Connections";

    // Not read as the others are: by who knows the consumers, and when the default connection is known.
    private static readonly string[] Sections = ["Consumers", "Defaults", Connections];

    private static readonly Dictionary<string, Action<NatsOptions, IConfigurationSection>> Liveness = new(StringComparer.OrdinalIgnoreCase)
    {
        ["File"] = (options, value) => options.LivenessFile = SettingValue.OptionalText(value),
    };

    private static readonly Dictionary<string, Action<NatsTlsOptions, IConfigurationSection>> Tls = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Mode"] = (tls, value) => tls.Mode = SettingValue.Enum<NatsTlsMode>(value),
        ["CaFile"] = (tls, value) => tls.CaFile = SettingValue.OptionalText(value),
        ["CertificateFile"] = (tls, value) => tls.CertificateFile = SettingValue.OptionalText(value),
        ["KeyFile"] = (tls, value) => tls.KeyFile = SettingValue.OptionalText(value),
        ["KeyPassword"] = (tls, value) => tls.KeyPassword = SettingValue.OptionalText(value),
        ["ServerName"] = (tls, value) => tls.ServerName = SettingValue.OptionalText(value),
        ["RevocationMode"] = (tls, value) => tls.RevocationMode = SettingValue.Enum<X509RevocationMode>(value),
        ["InsecureSkipServerVerification"] = (tls, value) => tls.InsecureSkipServerVerification = SettingValue.Bool(value),
    };

    private static readonly Dictionary<string, Action<NatsConnectionSettings, IConfigurationSection>> Connection = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Url"] = (options, value) => options.Url = SettingValue.Text(value),
        ["Username"] = (options, value) => options.Username = SettingValue.OptionalText(value),
        ["Password"] = (options, value) => options.Password = SettingValue.OptionalText(value),
        ["Token"] = (options, value) => options.Token = SettingValue.OptionalText(value),
        ["CredentialsFile"] = (options, value) => options.CredentialsFile = SettingValue.OptionalText(value),
        ["NKeySeed"] = (options, value) => options.NKeySeed = SettingValue.OptionalText(value),
        ["ConnectionName"] = (options, value) => options.ConnectionName = SettingValue.OptionalText(value),
        ["InboxPrefix"] = (options, value) => options.InboxPrefix = SettingValue.Text(value),
        ["SubjectPrefix"] = (options, value) => options.SubjectPrefix = SettingValue.OptionalSubjectPrefix(value),
        ["ConnectTimeout"] = (options, value) => options.ConnectTimeout = SettingValue.PositiveTime(value),
        ["PingInterval"] = (options, value) => options.PingInterval = SettingValue.PositiveTime(value),
        ["MaxReconnectDelay"] = (options, value) => options.MaxReconnectDelay = SettingValue.PositiveTime(value),
        ["RequestTimeout"] = (options, value) => options.RequestTimeout = SettingValue.PositiveTime(value),
        ["Tls"] = (options, value) => ReadAll(Tls, options.Tls, value),
    };

    private static readonly Dictionary<string, Action<NatsOptions, IConfigurationSection>> Keys = new(
        Connection.Select(key => KeyValuePair.Create(key.Key, (Action<NatsOptions, IConfigurationSection>)key.Value)), StringComparer.OrdinalIgnoreCase)
    {
        ["ShutdownTimeout"] = (options, value) => options.ShutdownTimeout = SettingValue.PositiveTime(value),
        ["Liveness"] = (options, value) => ReadAll(Liveness, options, value),
    };

    /// <summary>Every key, those of sections with their path.</summary>
    public static IEnumerable<string> Names => Keys.Keys.Except(["Liveness", "Tls"]).Concat(Liveness.Keys.Select(key => $"Liveness:{key}")).Concat(Tls.Keys.Select(key => $"Tls:{key}"));

    /// <summary>Every key of a named connection, below <c>Nats:Connections:NAME</c>.</summary>
    public static IEnumerable<string> ConnectionNames => Connection.Keys.Except(["Tls"]).Concat(Tls.Keys.Select(key => $"Tls:{key}"));

    /// <summary>Reads section <c>Nats</c>. The environment variable <c>NATS_URL</c> wins over <c>Nats:Url</c>.</summary>
    /// <returns>What is wrong, all of it; <see langword="null"/> when nothing is.</returns>
    public static ConsumerConfigurationException? Bind(IConfiguration configuration, NatsOptions options)
    {
        List<string> problems = [];
        IConfigurationSection section = configuration.GetSection(NatsOptions.Section);
        foreach (IConfigurationSection value in section.GetChildren().Where(value => !Sections.Contains(value.Key, StringComparer.OrdinalIgnoreCase)))
            Try(() => Read(Keys, options, value, Sections));
        if (section[Connections] is not null)
            problems.Add($"{section.Path}:{Connections} takes no value but names of connections, as in {section.Path}:{Connections}:NAME:Url.");
        foreach (IConfigurationSection named in section.GetSection(Connections).GetChildren())
        {
            NatsConnectionSettings settings = options.Connections[named.Key] = options.Another();
            if (named.Value is not null)
                Try(() => ReadAll(Connection, settings, named));
            foreach (IConfigurationSection value in named.GetChildren())
                Try(() => Read(Connection, settings, value, []));
        }

        options.Url = configuration["NATS_URL"] is { Length: > 0 } url ? url : options.Url;
        return problems.Count > 0 ? new ConsumerConfigurationException(string.Join(Environment.NewLine, problems)) : null;

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (ConsumerConfigurationException e)
            {
                problems.Add(e.Message);
            }
        }
    }

    private static void ReadAll<T>(Dictionary<string, Action<T, IConfigurationSection>> keys, T options, IConfigurationSection section)
    {
        if (section.Value is not null)
            throw new ConsumerConfigurationException($"{section.Path} takes no value but the keys {string.Join(", ", keys.Keys)}.");
        foreach (IConfigurationSection value in section.GetChildren())
            Read(keys, options, value, []);
    }

    private static void Read<T>(Dictionary<string, Action<T, IConfigurationSection>> keys, T options, IConfigurationSection value, IEnumerable<string> sections)
    {
        if (!keys.TryGetValue(value.Key, out Action<T, IConfigurationSection>? read))
            throw UnknownKey.Error(value, keys.Keys.Concat(sections));
        read(options, value);
    }
}
