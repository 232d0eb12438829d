using System.IO.Compression;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>
/// A folder in which projects use packages of ours as a user's do: packed into a feed on disk, and restored from there into a folder of their own, for a package of the
/// same version that was restored before would be taken instead. Nothing is asked of any registry: other packages come from where they were restored to.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private Sandbox()
    {
        Folder = Path.Combine(Repository.Root, "artifacts", "package-tests", Guid.NewGuid().ToString("N")[..8]);
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <!-- The SDK says of every locale that it does not know it where there is no ICU (NETSDK1188). -->
                <NoWarn>NETSDK1188</NoWarn>
                <RestorePackagesPath>{Path.Combine(Folder, "packages")}</RestorePackagesPath>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Packages.props", "<Project />");
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
                <add key="restored" value="{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packages.txt")).Trim()}" />
              </packageSources>
            </configuration>
            """);
    }

    public string Folder { get; }

    private string Feed => Path.Combine(Folder, "feed");

    public static async Task<Sandbox> PackAsync(params string[] projects)
    {
        var sandbox = new Sandbox();
        foreach (string project in projects)
        {
            var (code, output) = await Dotnet.RunAsync(Repository.Root, "pack", Path.Combine("src", project), "-c", "Debug", "-o", sandbox.Feed);
            code.ShouldBe(0, output);
        }

        return sandbox;
    }

    public void Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public ZipArchive OpenPackage(string id) => ZipFile.OpenRead(Directory.EnumerateFiles(Feed, $"{id}.*.nupkg").ShouldHaveSingleItem());

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
