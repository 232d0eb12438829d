using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Publishing;

public class PayloadWithoutMetadataTests
{
    private const string Types = """
        public record Order(int Id, Customer[] Customers, Dictionary<string, Line> Lines) { public Address? Home; }
        public record Customer(string Name);
        public record Line(Item Item);
        public record Item(decimal Price);
        public record Address(DateTime Since);
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Sold))] public record Event;
        public record Sold : Event;
        public record User(string Login);
        """;

    private const string Use = "UseJson(AppJson.Default.Options)";

    private static Verify Rule => Verify.Rule("NATS0802");

    [Fact]
    public Task PayloadThatTheContextLacks_TriggersAtTheContext() => Rule.Says(
        "User is in no JsonSerializerContext, and UseJson turns reflection off: every message fails. Add [JsonSerializable(typeof(User))] to AppJson.",
        Types, Context("[|AppJson|]", "Order"), Setup(Use), Handler("User"));

    [Fact]
    public Task Batch_IsReadAsWhatItsMessagesHold() => Rule.Reports(
        Types, Context("[|AppJson|]", "Order"), Setup(Use),
        Code.Handler("[Handle(\"a\")] public Task OnAsync(IReadOnlyList<Message<User>> batch) => Task.CompletedTask; [Handle(\"b\")] public Task OnRawAsync(IReadOnlyList<MessageContext> batch) => Task.CompletedTask;"));

    [Theory]
    [InlineData("UseJson(new System.Text.Json.JsonSerializerOptions { TypeInfoResolver = AppJson.Default })")]
    [InlineData("UseJson(Options.Chained)")]
    [InlineData("UseJson(Options.Combined)")]
    [InlineData("UseJson(new System.Text.Json.JsonSerializerOptions { TypeInfoResolverChain = { AppJson.Default } })")]
    public Task EveryWayToGiveAContext_Counts(string use) => Rule.Reports(Types, Context("[|AppJson|]", "Order"), Setup(use), Handler("User"));

    [Fact]
    public Task PublishedAndReadValues_Trigger() => Rule.Reports(
        Types, Context("{|NATS0802:[|AppJson|]|}", "Order"), Setup(Use), """
        public class Publisher(IJetStream jetStream) { public async Task SendAsync(User user) => await jetStream.PublishAsync("a", user); }
        public class Reader : ConsumerHandler { [Handle("a")] public Task OnAsync(MessageContext message) { _ = message.Read<int[][]>(); return Task.CompletedTask; } }
        """);

    [Theory]
    [InlineData("Order")]
    [InlineData("Customer")]
    [InlineData("Item")]
    [InlineData("Address")]
    [InlineData("string")]
    [InlineData("DateTime")]
    [InlineData("Sold")]
    [InlineData("byte[]")]
    [InlineData("ReadOnlyMemory<byte>")]
    public Task KnownTypeOrItsPartsOrRaw_DoesNotTrigger(string type) => Rule.Reports(Types, Context("AppJson", "Order", "Event"), Setup(Use), Handler(type));

    [Theory]
    [InlineData("UseJson(new System.Text.Json.JsonSerializerOptions())")]
    [InlineData("Configure(options => { })")]
    public Task NoContextOrNoUse_DoesNotTrigger(string use) => Rule.Reports(Types, Context("AppJson", "Order"), Setup(use), Handler("User"));

    [Fact]
    public Task ReflectionSomewhere_DoesNotTrigger() => Rule.Reports(
        Types, Context("AppJson", "Order"), Setup(Use), Handler("User"), "public static class Other { public static readonly object Resolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(); }");

    [Fact]
    public Task TestProject_DoesNotTrigger() => Rule.InTests().Reports(Types, Context("AppJson", "Order"), Setup(Use), Handler("User"));

    [Fact]
    public Task Fix_AddsTheAttributes() => Rule.Fixes(
        [Types, Context("{|NATS0802:[|AppJson|]|}", "Order"), Setup(Use), Handler("User") + Handler("List<Event>").Replace("OrderHandler", "Other", StringComparison.Ordinal)],
        [
            Types,
            Context("AppJson", "Order").Replace("public partial class", "[JsonSerializable(typeof(List<Event>))]\npublic partial class", StringComparison.Ordinal)
                .Replace("[JsonSerializable(typeof(List<Event>))]", "[JsonSerializable(typeof(User))]\n[JsonSerializable(typeof(List<Event>))]", StringComparison.Ordinal),
            Setup(Use),
            Handler("User") + Handler("List<Event>").Replace("OrderHandler", "Other", StringComparison.Ordinal),
        ]);

    [Fact]
    public Task Fix_OfAContextWithoutAttributes_KeepsItsComment() => Rule.Fixes(
        [Types, Context("[|AppJson|]"), Setup(Use), Handler("User")],
        [Types, Context("AppJson").Replace("public partial class", "[JsonSerializable(typeof(User))]\npublic partial class", StringComparison.Ordinal), Setup(Use), Handler("User")]);

    /// <summary>A context with what the generator of System.Text.Json would write.</summary>
    private static string Context(string name, params string[] types) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        // The context.
        {{string.Concat(types.Select(type => $"[JsonSerializable(typeof({type}))]\n"))}}public partial class {{name}}(JsonSerializerOptions? options) : JsonSerializerContext(options)
        {
            public static AppJson Default { get; } = new(null);
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private static string Setup(string use) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization.Metadata;

        public static class Startup
        {
            public static void Add(NatsConsumersBuilder nats) => nats.{{use}};
        }

        public static class Options
        {
            public static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);
            public static JsonSerializerOptions Combined => new() { {{(use.Contains("Combined", StringComparison.Ordinal) ? "TypeInfoResolver = JsonTypeInfoResolver.Combine(AppJson.Default)" : "")}} };
            public static JsonSerializerOptions Chained
            {
                get
                {
                    var options = new JsonSerializerOptions();
                    {{(use.Contains("Chained", StringComparison.Ordinal) ? "options.TypeInfoResolverChain.Insert(0, AppJson.Default);" : "")}}
                    return options;
                }
            }
        }
        """;

    private static string Handler(string type) => Code.Handler($"[Handle(\"orders.{{id}}\")] public Task OnAsync({type} payload, string id, MessageContext message) => Task.CompletedTask;");
}
