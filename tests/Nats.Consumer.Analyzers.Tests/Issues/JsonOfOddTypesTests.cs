using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0802 reported open generic types and types that another resolver may know; its fix wrote types that the context cannot name, and a title without the half of a generic type.</summary>
public class JsonOfOddTypesTests
{
    private static Verify Rule => Verify.Rule("NATS0802");

    [Theory]
    [InlineData("List<T>")]
    [InlineData("T[]")]
    [InlineData("Dictionary<string, T?[]>")]
    public Task PayloadOfATypeParameter_DoesNotTrigger(string payload) => Rule.Reports(Source("AppJson", "AppJson.Default", $"public class H<T> : ConsumerHandler {{ [Handle(\"a\")] public Task OnAsync({payload} payload) => Task.CompletedTask; }}"));

    [Theory]
    [InlineData("(int, string)", "(int Id, string? Name)")]
    [InlineData("Dictionary<string, object>", "Dictionary<string, dynamic?>")]
    [InlineData("List<Order>", "List<Order?>?")]
    public Task SameTypeAtRunTime_IsKnown(string known, string payload) => Rule.Reports(Source("AppJson", "AppJson.Default", Handler(payload)).Replace("typeof(int)", $"typeof({known})", StringComparison.Ordinal));

    [Theory]
    [InlineData("JsonTypeInfoResolver.Combine(AppJson.Default, new Plugins())")]
    [InlineData("JsonTypeInfoResolver.Combine(AppJson.Default, DerivedJson.Default)")]
    [InlineData("new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine(AppJson.Default, new Plugins()) }")]
    [InlineData("new JsonSerializerOptions { TypeInfoResolverChain = { AppJson.Default, new Plugins() } }")]
    [InlineData("new JsonSerializerOptions(JsonSerializerOptions.Web) { TypeInfoResolverChain = { AppJson.Default } }")]
    [InlineData("With(new Plugins())")]
    public Task TypeThatAnotherResolverMayKnow_DoesNotTrigger(string use) => Rule.Reports(Source("AppJson", use, Handler("Order")));

    [Theory]
    [InlineData("JsonTypeInfoResolver.Combine(AppJson.Default, null)")]
    [InlineData("JsonTypeInfoResolver.WithAddedModifier(AppJson.Default, info => { })")]
    public Task TypeThatNoResolverKnows_Triggers(string use) => Rule.Reports(Source("[|AppJson|]", use, Handler("User")));

    [Theory]
    [InlineData("public class H(IJetStream js) : ConsumerHandler { [Handle(\"a\")] public async Task OnAsync(CancellationToken stop) => await js.PublishAsync(\"b\", new { Id = 1 }, cancellationToken: stop); }")]
    [InlineData("public class H : ConsumerHandler { private record Secret; [Handle(\"a\")] public Task OnAsync(MessageContext m) => Task.FromResult(m.Read<Secret[]>()); }")]
    [InlineData("public class H : ConsumerHandler { [Handle(\"a\")] public Task OnAsync(dynamic payload) => Task.CompletedTask; }")]
    public async Task TypeThatTheContextCannotName_HasNoFix(string handler)
    {
        await Rule.HasNoFix(Source("[|AppJson|]", "AppJson.Default", handler));
        (await Rule.Reports(Source("[|AppJson|]", "AppJson.Default", handler)))[0].GetMessage().ShouldEndWith("Make it a type that AppJson can name, and add [JsonSerializable] for it there.");
    }

    [Theory]
    [InlineData("List<User?>?", "List<User>")]
    [InlineData("User?", "User")]
    [InlineData("Dictionary<string, User[]>", "Dictionary<string, User[]>")]
    public async Task Title_NamesTheWholeType(string payload, string shown)
    {
        string source = Source("[|AppJson|]", "AppJson.Default", Handler(payload));
        await Rule.Says($"{shown} is in no JsonSerializerContext, and UseJson turns reflection off: every message fails. Add [JsonSerializable(typeof({shown}))] to AppJson.", source);
        (await Rule.TitleOf(source)).ShouldBe($"Add [JsonSerializable(typeof({shown}))]");
    }

    private static string Handler(string payload) => $"public class H : ConsumerHandler {{ [Handle(\"a\")] public Task OnAsync({payload} payload) => Task.CompletedTask; }}";

    private static string Source(string name, string use, string handler) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        public record Order; public record User;
        public static class Startup
        {
            public static void Add(NatsConsumersBuilder nats) => nats.UseJson({{use}});
            public static JsonSerializerOptions With(IJsonTypeInfoResolver other) { var options = new JsonSerializerOptions(); options.TypeInfoResolverChain.Add(AppJson.Default); options.TypeInfoResolverChain.Add({{(use.StartsWith("With", StringComparison.Ordinal) ? "other" : "AppJson.Default")}}); return options; }
        }
        public class Plugins : IJsonTypeInfoResolver { public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null; }
        [JsonSerializable(typeof(int))] public class {{name}}() : JsonSerializerContext(null)
        {
            public static AppJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        [JsonSerializable(typeof(Order))] public class DerivedJson : AppJson { public static new DerivedJson Default { get; } = new(); }
        {{handler}}
        """;
}
