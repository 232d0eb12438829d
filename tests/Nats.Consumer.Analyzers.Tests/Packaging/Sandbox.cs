using System.IO.Compression;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>
/// A folder in which projects use packages of ours as a user's do. Nothing is asked of any registry: other packages come from where they were restored to.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private Sandbox()
    {
        Folder = Path.Combine(Feed.Root, Guid.NewGuid().ToString("N")[..8]);
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <!-- The SDK says of every locale that it does not know it where there is no ICU (NETSDK1188). -->
                <NoWarn>NETSDK1188</NoWarn>
                <RestorePackagesPath>{Feed.Restored}</RestorePackagesPath>
              </PropertyGroup>
              <Import Project="user.props" Condition="Exists('{PathOf("user.props")}')" />
            </Project>
            """);
        Write("Directory.Packages.props", "<Project />");
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed.Folder}" />
                <add key="restored" value="{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packages.txt")).Trim()}" />
              </packageSources>
            </configuration>
            """);
    }

    public string Folder { get; }

    public static async Task<Sandbox> CreateAsync()
    {
        await Feed.ReadyAsync();
        return new Sandbox();
    }

    public void Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Task<(int ExitCode, string Output)> BashAsync(string folder, string script) => Dotnet.RunProgramAsync(PathOf(folder), "bash", "-c", script);

    public static ZipArchive OpenPackage(string id) => ZipFile.OpenRead(Directory.EnumerateFiles(Feed.Folder, $"{id}.*.nupkg").ShouldHaveSingleItem());

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
