namespace Nats.Consumer.Testing.Tests;

public class NatsServerStartFailureTests
{
    [Fact]
    public async Task StartAsync_BinaryIsNotThere_SaysWhich()
    {
        var error = await Should.ThrowAsync<NatsServerException>(() => NatsServerProcess.StartAsync(new() { BinaryPath = "/not/there" }));

        error.Message.ShouldStartWith("BinaryPath is '/not/there', which is not an executable file.");
    }

    [Fact]
    public async Task StartAsync_BinaryEndsAtOnce_ThrowsWhatItWrote()
    {
        var error = await StartScriptAsync("echo some words >&2; exit 3");

        error.Message.ShouldContain("exit code 3");
        error.Log.ShouldBe("some words");
    }

    [Fact]
    public async Task StartAsync_BinaryNeverGetsReady_SaysWhatIsMissingAndEndsIt()
    {
        var error = await StartScriptAsync("echo $$; exec sleep 60");

        error.Message.ShouldContain("has not written down its port");
        Directory.Exists($"/proc/{error.Log}").ShouldBeFalse();
    }

    [Fact]
    public async Task StartAsync_BinaryIsNoProgram_SaysSo()
    {
        var error = await StartScriptAsync("", shebang: "");

        error.Message.ShouldContain("cannot be started");
    }

    [Fact]
    public async Task StartAsync_OptionsContradictEachOther_Throws()
    {
        await Should.ThrowAsync<ArgumentException>(() => NatsServerProcess.StartAsync(new() { Username = "ann" }));
        await Should.ThrowAsync<ArgumentException>(() => NatsServerProcess.StartAsync(new() { Username = "ann", Password = "x", Token = "t" }));
        await Should.ThrowAsync<ArgumentException>(() => NatsServerProcess.StartAsync(new() { StartTimeout = TimeSpan.Zero }));
    }

    private static async Task<NatsServerException> StartScriptAsync(string script, string shebang = "#!/bin/sh\n")
    {
        var folder = Directory.CreateTempSubdirectory("not-a-server-");
        try
        {
            var path = Path.Combine(folder.FullName, "script");
            await File.WriteAllTextAsync(path, shebang + script + "\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return await Should.ThrowAsync<NatsServerException>(
                () => NatsServerProcess.StartAsync(new() { BinaryPath = path, StartTimeout = TimeSpan.FromMilliseconds(500) }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
