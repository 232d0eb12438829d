using System.Xml.Linq;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>One reference to the runtime's package is enough: it brings the rules and the generator, here and in projects that reference this one.</summary>
[Trait("Category", "Slow")]
public sealed class RuntimePackageTests : IAsyncLifetime
{
    // Without handler reflection only a generated table finds anything.
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
          </PropertyGroup>
          <ItemGroup>
            <RuntimeHostConfigurationOption Include="Nats.Consumer.HandlerReflection" Value="false" />
            {0}
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Nats.Consumer;

        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.AddNatsConsumers();
        using IHost host = builder.Build();
        Console.WriteLine($"consumers: {string.Join(", ", host.Services.GetServices<JetStreamConsumer>().Select(consumer => consumer.Name))}");
        using IServiceScope scope = host.Services.CreateScope();
        Console.WriteLine($"handler: {scope.ServiceProvider.GetService<Worker.OrderHandler>()}");
        """;

    private const string Handlers = """
        using Nats.Consumer;

        namespace Worker;

        /// <summary>A payload.</summary>
        /// <param name="Number">Its number.</param>
        public sealed record Order(int Number);

        /// <summary>A handler.</summary>
        public sealed class OrderHandler : ConsumerHandler
        {
            /// <summary>Handles.</summary>
            /// <param name="order">The order.</param>
            /// <param name="id">Its id.</param>
            /// <returns>When it is done.</returns>
            [Handle("orders.{id}")]
            public Task OnCreatedAsync(Order order, Guid id) => Task.CompletedTask;

            [Handle("private")]
            private Task OnPrivateAsync(MessageContext message, CancellationToken cancellationToken) => Task.CompletedTask;
        }

        /// <summary>A consumer.</summary>
        public sealed class OrderConsumer : PullConsumer
        {
            /// <inheritdoc/>
            public override string StreamName => "orders";
        }
        """;

    private Sandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await Sandbox.CreateAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task OneReference_BringsRulesAndGenerator()
    {
        CheckDependency();
        string reference = "<PackageReference Include=\"Nats.Consumer.Runtime\" Version=\"*\" />";
        _sandbox.Write("app/App.csproj", Project.Replace("{0}", reference, StringComparison.Ordinal));
        _sandbox.Write("app/Program.cs", Program);
        _sandbox.Write("app/Handlers.cs", Handlers.Replace("[Handle(\"private\")]", "[Handle(\"orders-private\")]", StringComparison.Ordinal));
        string output = await BuildAsync("app");
        output.ShouldContain("Handlers.cs(19,13): warning NATS0101");
        output.ShouldNotContain("CS9057");
        output.ShouldNotContain("CS8785");
        (await RunAsync("app")).ShouldBe("consumers: OrderConsumer\nhandler: Worker.OrderHandler");

        // The strictest project that a user may have.
        _sandbox.Write("app/Handlers.cs", Handlers);
        output = await BuildAsync("app", "-p:AnalysisLevel=latest-all", "-p:TreatWarningsAsErrors=true", "-p:WarningLevel=9999", "-p:IsAotCompatible=true", "-p:NatsAnalysisMode=Strict", "-p:EnforceCodeStyleInBuild=true", "-p:NoWarn=CA1515%3BNETSDK1188");
        output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)).ShouldBeEmpty();
        output.ShouldContain("0 Warning(s)");
        (await RunAsync("app")).ShouldBe("consumers: OrderConsumer\nhandler: Worker.OrderHandler");

        // A library has the reference; the application has the library.
        _sandbox.Write("library/Library.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{reference}</ItemGroup></Project>");
        _sandbox.Write("library/Handlers.cs", Handlers);
        _sandbox.Write("host/Host.csproj", Project.Replace("{0}", "<ProjectReference Include=\"../library/Library.csproj\" />", StringComparison.Ordinal));
        _sandbox.Write("host/Program.cs", Program);
        _sandbox.Write("host/Consumers.cs", """
            using Nats.Consumer;

            internal sealed class HostConsumer : PullConsumer { public override string StreamName => "host"; }

            internal sealed class HostHandler : ConsumerHandler
            {
                [Handle("host-created")]
                public Task OnAsync() => Task.CompletedTask;
            }
            """);
        output = await BuildAsync("host");
        output.ShouldContain("Consumers.cs(7,13): warning NATS0101"); // a rule, in a project that does not name the package
        (await RunAsync("host")).ShouldBe("consumers: HostConsumer, OrderConsumer\nhandler: Worker.OrderHandler");
    }

    /// <summary>A package that the compiler cannot load would leave every build green.</summary>
    [Fact]
    public async Task Canary_IsBrokenByEveryRule()
    {
        _sandbox.Write("canary/Canary.csproj", Project.Replace("{0}", "<PackageReference Include=\"Nats.Consumer.Runtime\" Version=\"*\" />", StringComparison.Ordinal));
        _sandbox.Write("canary/Program.cs", CanaryTests.Source);
        // As warnings, hints as well, so that all of them are shown.
        _sandbox.Write("canary/.globalconfig", $"is_global = true\n{string.Join('\n', CanaryTests.Rules.Select(rule => $"dotnet_diagnostic.{rule}.severity = warning"))}\n");
        string output = await BuildAsync("canary");
        CanaryTests.Rules.Where(rule => !output.Contains($": warning {rule}: ", StringComparison.Ordinal)).ShouldBeEmpty(output);
    }

    private void CheckDependency()
    {
        using var package = Sandbox.OpenPackage("Nats.Consumer.Runtime");
        package.Entries.ShouldNotContain(entry => entry.FullName.Contains("Analyzers", StringComparison.Ordinal));
        using var nuspec = package.GetEntry("Nats.Consumer.Runtime.nuspec")!.Open();
        var dependency = XDocument.Load(nuspec).Descendants().Single(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == "Nats.Consumer.Analyzers");
        dependency.Attribute("exclude").ShouldBeNull();
        dependency.Attribute("include")!.Value.Split(',').ShouldBe(["Build", "Native", "ContentFiles", "Analyzers", "BuildTransitive"]); // what is compiled against it: nothing
    }

    private async Task<string> BuildAsync(string project, params string[] properties)
    {
        var (code, output) = await Dotnet.RunAsync(Path.Combine(_sandbox.Folder, project), ["build", "--no-incremental", .. properties]);
        code.ShouldBe(0, output);
        return output;
    }

    private async Task<string> RunAsync(string project)
    {
        string assembly = $"{char.ToUpperInvariant(project[0])}{project[1..]}.dll";
        var (code, output) = await Dotnet.RunAsync(_sandbox.Folder, "exec", _sandbox.PathOf(Path.Combine(project, "bin", "Debug", "net10.0", assembly)));
        code.ShouldBe(0, output);
        return output.ReplaceLineEndings("\n").TrimEnd();
    }
}
