namespace Nats.Consumer.Testing;

internal sealed record BinarySearch(string? NatsServer, string? Path, IReadOnlyList<string> Directories)
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "nats-server.exe" : "nats-server";

    public static BinarySearch OfThisProcess() => new(
        Environment.GetEnvironmentVariable("NATS_SERVER"),
        Environment.GetEnvironmentVariable("PATH"),
        [Environment.CurrentDirectory, AppContext.BaseDirectory]);

    public string Find()
    {
        if (!string.IsNullOrEmpty(NatsServer))
            return Require(NatsServer, "NATS_SERVER");

        return OnPath() ?? Directories.Select(InArtifactsAbove).FirstOrDefault(found => found is not null) ?? throw new NatsServerException(
            "No nats-server found. Looked at NATS_SERVER (not set), along PATH, and for artifacts/nats-server/VERSION/" + FileName
            + " in and above " + string.Join(" and ", Directories.Distinct())
            + ". Install nats-server (https://nats.io/download) and put it on PATH, or set NATS_SERVER to its path.");
    }

    public static string Require(string path, string source) => IsExecutable(path)
        ? System.IO.Path.GetFullPath(path)
        : throw new NatsServerException($"{source} is '{path}', which is not an executable file. It must be the path of a nats-server binary.");

    private string? OnPath() => (Path ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => System.IO.Path.Combine(directory, FileName))
        .FirstOrDefault(IsExecutable);

    private static string? InArtifactsAbove(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            var cache = System.IO.Path.Combine(directory.FullName, "artifacts", "nats-server");
            if (!Directory.Exists(cache))
                continue;
            var newest = Directory.GetDirectories(cache)
                .OrderByDescending(version => ServerInfo.ParseVersion(System.IO.Path.GetFileName(version)))
                .Select(version => System.IO.Path.Combine(version, FileName))
                .FirstOrDefault(IsExecutable);
            if (newest is not null)
                return newest;
        }

        return null;
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
    }
}
