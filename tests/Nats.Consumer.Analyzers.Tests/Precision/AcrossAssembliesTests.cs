using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Generator;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Precision;

/// <summary>A program on a library of handlers and consumers to derive from: nothing to report, and what is generated for both compiles.</summary>
public class AcrossAssembliesTests
{
    private const string Library = """
        namespace Company.Messaging;

        public abstract class CompanyHandler : ConsumerHandler
        {
            [Handle("company.ping")]
            public virtual Task OnPingAsync() => Task.CompletedTask;

            protected virtual Task OnUnhandledAsync(MessageContext message) => Task.CompletedTask;

            protected internal Task WriteAsync(string text, CancellationToken cancellationToken = default) => File.WriteAllTextAsync("log", text, cancellationToken);
        }

        public abstract class EntityHandler<TEntity, TKey> : CompanyHandler
            where TEntity : notnull
        {
            [Handle("entities.{id}.stored")]
            public abstract Task OnStoredAsync(TEntity entity, TKey id, CancellationToken cancellationToken);
        }

        public abstract class CompanyConsumer : PullConsumer
        {
            public override int MaxDeliver => 3;

            public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)];
        }

        public static class CompanySubjects
        {
            public const string All = "company.>";
            public const string Entities = "entities.>";
        }
        """;

    private const string Program = """
        using Company.Messaging;

        Console.WriteLine(CompanySubjects.All);

        public sealed record Customer(string Name);

        public sealed class CustomerHandler : EntityHandler<Customer, Guid>
        {
            public override Task OnStoredAsync(Customer entity, Guid id, CancellationToken cancellationToken) => WriteAsync($"{entity} {id}", cancellationToken);

            public override Task OnPingAsync() => base.OnPingAsync();
        }

        public sealed class CustomerConsumer : CompanyConsumer
        {
            public override string StreamName => "company";

            public override IReadOnlyList<string> Subjects => [CompanySubjects.All, CompanySubjects.Entities];
        }

        public sealed class SlowConsumer : CompanyConsumer
        {
            public override string StreamName => "slow";

            public override int MaxDeliver => base.MaxDeliver + 1;

            public override IReadOnlyList<Type> Handlers => [typeof(CustomerHandler)];
        }
        """;

    [Fact]
    public async Task DerivedClasses_HaveNothingToReport()
    {
        var project = TestProject.Create([Program], editorConfig: null, withRuntime: true, OutputKind.ConsoleApplication).AddMetadataReference(Generation.Of(Generation.Compile("Library", [Library])).Reference());
        (await project.AnalyzeAsync(Shipped.Analyzers)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Libraries_HaveNothingToReport()
    {
        var project = TestProject.Create([Library], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        (await project.AnalyzeAsync(Shipped.Analyzers)).ShouldBeEmpty();
    }

    [Fact]
    public void Tables_OfBothCompile()
    {
        var library = Generation.Of(Generation.Compile("Library", [Library]));
        library.Diagnostics.ShouldBeEmpty();
        var program = Generation.Compile("Program", [Program], references: [library.Reference()]);
        var generation = Generation.Of(program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication)));
        generation.Diagnostics.ShouldBeEmpty();
        generation.Text.ShouldContain("entities.{id}.stored");
    }
}
