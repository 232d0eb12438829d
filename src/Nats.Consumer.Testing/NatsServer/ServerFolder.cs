using System.Globalization;
using System.Text.Json;

namespace Nats.Consumer.Testing;

/// <summary>The temporary folder of one server: ports file, configuration file and, unless it is given, JetStream's store.</summary>
internal sealed class ServerFolder
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nats-server-");
    private readonly NatsServerOptions _options;
    private readonly DirectoryInfo _ports;

    public ServerFolder(NatsServerOptions options)
    {
        _options = options;
        _ports = _root.CreateSubdirectory("ports");
        Store = options.StoreDirectory is { } given ? Path.GetFullPath(given) : Path.Combine(_root.FullName, "store");
        if (options.ConfigText is not null)
            File.WriteAllText(ConfigPath, options.ConfigText);
    }

    public string Store { get; }

    private string ConfigPath => Path.Combine(_root.FullName, "nats-server.conf");

    /// <summary>The server's command line. Port -1 lets the server choose a free one.</summary>
    public List<string> Arguments(int port)
    {
        List<string> arguments = ["-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "--ports_file_dir", _ports.FullName];
        if (_options.JetStream)
            arguments.AddRange(["-js", "-sd", Store]);
        if (_options.ConfigText is not null)
            arguments.AddRange(["-c", ConfigPath]);
        if (_options.ServerName is { } name)
            arguments.AddRange(["--server_name", name]);
        if (_options.Token is { } token)
            arguments.AddRange(["--auth", token]);
        if (_options.Username is { } user)
            arguments.AddRange(["--user", user, "--pass", _options.Password!]);
        arguments.AddRange(_options.Arguments);
        return arguments;
    }

    /// <summary>The client port that the server wrote down; null as long as it has not. A crash leaves its file behind, hence the process id.</summary>
    public int? ReadPort(int processId)
    {
        var file = _ports.EnumerateFiles($"*_{processId}.ports").FirstOrDefault();
        if (file is null)
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file.FullName));
            return new Uri(json.RootElement.GetProperty("nats")[0].GetString()!).Port;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return null; // half written, or gone again
        }
    }

    public void Delete()
    {
        try
        {
            _root.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }
}
