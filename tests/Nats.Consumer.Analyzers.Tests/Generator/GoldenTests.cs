using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What is generated, to the letter. After a change on purpose: <c>NATS_UPDATE_GOLDEN=1 dotnet test --filter GoldenTests</c>, and read the difference.</summary>
public class GoldenTests
{
    [Fact]
    public Task Worker() => Compare(nameof(Worker), """
        namespace Orders;

        public sealed record Order(int Number);

        public sealed class OrderHandler : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task OnCreatedAsync(Order order, MessageContext message, CancellationToken cancellationToken) => Task.CompletedTask;

            [Handle("orders.updated", "orders.modified")]
            [Handle("orders.{id}.changed")]
            public ValueTask<Outcome> OnChangedAsync(MessageContext message) => default;

            [Handle("orders.{orderId}.{event}")]
            public async Task<Outcome> OnOtherAsync(Guid orderId, string @event, List<Order?>? orders)
            {
                await Task.Yield();
                return Outcome.Ack;
            }

            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => default;
        }

        public sealed class OrderConsumer : PullConsumer
        {
            public override string StreamName => "orders";
        }
        """);

    [Fact]
    public Task NoHandlers() => Compare(nameof(NoHandlers), "public class Program;");

    [Fact]
    public Task CalledByAccessor() => Compare(nameof(CalledByAccessor), """
        public class PrivateHandler : ConsumerHandler
        {
            [Handle("private.{id}")]
            private Task OnAsync(int id, dynamic payload) => Task.CompletedTask;

            [Handle("overloaded")]
            public ValueTask @event(string text) => default;

            public ValueTask @event(object text) => default;
        }
        """);

    [Fact]
    public Task Inherited() => Compare(nameof(Inherited), """
        public abstract class Base<T> : ConsumerHandler
        {
            [Handle("base.virtual")]
            public virtual Task OnVirtualAsync(T payload) => Task.CompletedTask;

            [Handle("base.other")]
            public Task OnOtherAsync(T payload) => Task.CompletedTask;

            [Handle("base.hidden")]
            internal Task OnInternalAsync() => Task.CompletedTask;
        }

        public sealed class Derived : Base<string>
        {
            [Handle("derived")]
            public override Task OnVirtualAsync(string payload) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task ByReflection() => Compare(nameof(ByReflection), """
        public static class Outer
        {
            private sealed class PrivateHandler : ConsumerHandler
            {
                [Handle("a")]
                public Task OnAsync() => Task.CompletedTask;
            }

            private sealed class PrivateConsumer : PullConsumer
            {
                public override string StreamName => "a";
            }
        }
        """);

    [Fact]
    public Task Refused() => Compare(nameof(Refused), """
        public sealed class WrongHandler : ConsumerHandler
        {
            [Handle("a.{id}")]
            public Task OnAsync(Uri id) => Task.CompletedTask;
        }
        """);

    [Fact]
    public async Task ReferencedAssemblies()
    {
        const string Handler = "public sealed class {0}Handler : ConsumerHandler {{ [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }}";
        var tabled = Generation.Of(Generation.Compile("Some.Handlers", [string.Format(null, Handler, "Tabled")])).Reference(asReferenceAssembly: true);
        var aliased = Generation.Of(Generation.Compile("Aliased", [string.Format(null, Handler, "Aliased")])).Reference(aliases: ["other"]);
        var empty = Generation.Of(Generation.Compile("Empty", ["public class Helper { public MessageContext Message { get; } }"])).Reference();
        var untabled = Generation.Compile("Untabled", [string.Format(null, Handler, "Untabled")]).ToMetadataReference();
        var helpers = Generation.Compile("Helpers", ["public class AnotherHelper { public MessageContext Message { get; } public abstract class Base : ConsumerHandler; public class Open<T> : ConsumerHandler; }"]).ToMetadataReference();
        await Compare(nameof(ReferencedAssemblies), Generation.Of(Generation.Compile("Worker", [], references: [tabled, aliased, empty, untabled, helpers])));
    }

    private static Task Compare(string name, string source) => Compare(name, Generation.Of(source));

    private static async Task Compare(string name, Generation generation)
    {
        generation.Diagnostics.ShouldBeEmpty();
        string path = Path.Combine(Repository.Root, "tests", "Nats.Consumer.Analyzers.Tests", "Generator", "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("NATS_UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(path, generation.Text);
        generation.Text.ShouldBe(await File.ReadAllTextAsync(path));
    }
}
