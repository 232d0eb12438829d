namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>A file in a folder of its own.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("creds-");

    public TemporaryFile(string? content = null)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "user.creds");
        if (content is not null)
            Replace(content);
    }

    public string Path { get; }

    /// <summary>As a rotation should do it: a reader sees the old content or the new.</summary>
    public void Replace(string content)
    {
        File.WriteAllText($"{Path}.new", content);
        File.Move($"{Path}.new", Path, overwrite: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
