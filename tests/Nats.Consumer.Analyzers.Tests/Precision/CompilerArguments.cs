using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Analyzers.Precision;

/// <summary>What the build of each project of the solution tells the compiler; asked for once, for all of them, without compiling anything.</summary>
public sealed class CompilerArguments : IDisposable
{
    private const string Target = """
        <Project>
          <Target Name="WriteCompilerArguments" DependsOnTargets="Compile">
            <WriteLinesToFile File="$(CompilerArguments)/$(MSBuildProjectName).rsp" Lines="@(CscCommandLineArgs)" Overwrite="true" />
          </Target>
        </Project>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("compiler-arguments").FullName;
    private readonly Lazy<Task> _written;

    public CompilerArguments() => _written = new(WriteAsync);

    /// <summary><see langword="null"/> for a project that is not in the solution.</summary>
    public async Task<string[]?> OfAsync(string project)
    {
        await _written.Value;
        string path = Path.Combine(_folder, $"{project}.rsp");
        return File.Exists(path) ? await File.ReadAllLinesAsync(path) : null;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteAsync()
    {
        string targets = Path.Combine(_folder, "write.targets");
        await File.WriteAllTextAsync(targets, Target);
        string configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
        (int code, string output) = await Dotnet.RunAsync(
            Repository.Root, "msbuild", "NatsToolkit.sln", "-nologo", "-t:WriteCompilerArguments", $"-p:Configuration={configuration}", $"-p:CustomAfterMicrosoftCommonTargets={targets}",
            $"-p:CompilerArguments={_folder}", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false",
            "-p:NonExistentFile=none"); // never up to date
        code.ShouldBe(0, output);
    }
}
