namespace Nats.Consumer.Testing.Tests;

public sealed class BinarySearchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("binary-search-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Find_NatsServerIsSet_WinsOverPath()
    {
        var named = Binary("named");
        Binary("path");

        new BinarySearch(named, In("path"), []).Find().ShouldBe(named);
    }

    [Fact]
    public void Find_NatsServerIsNotThere_SaysSo()
    {
        var error = Should.Throw<NatsServerException>(() => new BinarySearch("/not/there", In("path"), []).Find());

        error.Message.ShouldStartWith("NATS_SERVER is '/not/there', which is not an executable file.");
    }

    [Fact]
    public void Find_NatsServerIsNotExecutable_SaysSo()
    {
        var file = Path.Combine(_root, "text");
        File.WriteAllText(file, "");

        Should.Throw<NatsServerException>(() => new BinarySearch(file, "", []).Find()).Message.ShouldContain("not an executable file");
    }

    [Fact]
    public void Find_OnPath_WinsOverArtifacts()
    {
        var onPath = Binary("path");
        Binary("artifacts/nats-server/2.15.1");

        new BinarySearch(null, $"{In("nothing")}{Path.PathSeparator}{In("path")}", [_root]).Find().ShouldBe(onPath);
    }

    [Fact]
    public void Find_SeveralInArtifactsAbove_ReturnsNewest()
    {
        Binary("artifacts/nats-server/2.9.10");
        var newest = Binary("artifacts/nats-server/2.15.1");
        Binary("artifacts/nats-server/2.10.27");
        Directory.CreateDirectory(In("artifacts/nats-server/3.0.0"));
        var below = Directory.CreateDirectory(In("src/deep/below")).FullName;

        new BinarySearch("", "", [below]).Find().ShouldBe(newest);
    }

    [Fact]
    public void Find_Nowhere_SaysWhereItLookedAndWhatToDo()
    {
        var error = Should.Throw<NatsServerException>(() => new BinarySearch(null, In("path"), [_root]).Find());

        error.Message.ShouldContain("No nats-server found.");
        error.Message.ShouldContain(_root);
        error.Message.ShouldContain("set NATS_SERVER to its path");
    }

    private string In(string path) => Path.Combine(_root, path);

    private string Binary(string directory)
    {
        var path = Path.Combine(Directory.CreateDirectory(In(directory)).FullName, "nats-server");
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
