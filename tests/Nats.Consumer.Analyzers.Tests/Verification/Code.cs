namespace Nats.Consumer.Analyzers.Verification;

/// <summary>The code around what a test is about.</summary>
internal static class Code
{
    /// <summary>A file that makes an application of a project.</summary>
    public const string Main = "System.Console.WriteLine();";

    /// <summary>A handler class with one method and these arguments of [Handle].</summary>
    public static string Handle(string arguments) => $$"""
        public class OrderHandler : ConsumerHandler
        {
            [Handle({{arguments}})]
            public Task OnAsync() => Task.CompletedTask;
        }
        """;

    /// <summary>A handler class with these members.</summary>
    public static string Handler(string members) => $$"""
        public class OrderHandler : ConsumerHandler
        {
            {{members}}
        }
        """;

    /// <summary>A consumer with these subjects.</summary>
    public static string Consumer(string subjects) => $$"""
        public class OrderConsumer : PullConsumer
        {
            public override string StreamName => "orders";
            public override IReadOnlyList<string> Subjects => {{subjects}};
        }
        """;

    /// <summary>A consumer of stream orders with these members.</summary>
    public static string ConsumerWith(string members) => $$"""
        public class OrderConsumer : PullConsumer
        {
            public override string StreamName => "orders";
            {{members}}
        }
        """;

    /// <summary>A consumer of this name with these members.</summary>
    public static string ConsumerNamed(string name, string members) => $$"""
        public class {{name}} : PullConsumer
        {
            {{members}}
        }
        """;

    /// <summary>A Setup() that makes a stream with these subjects.</summary>
    public static string Setup(string stream, string subjects) =>
        $$"""protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig("{{stream}}") { Subjects = {{subjects}} })];""";

    /// <summary>A handler class of this name with one method and these arguments of [Handle].</summary>
    public static string HandleNamed(string name, string arguments) => Handle(arguments).Replace("OrderHandler", name, StringComparison.Ordinal);

    /// <summary>A stream with these subjects.</summary>
    public static string Stream(string subjects) => $$"""
        public static class Streams
        {
            public static StreamConfig Orders() => new("orders") { Subjects = {{subjects}} };
        }
        """;

    /// <summary>A publish to this subject.</summary>
    public static string Publish(string subject) => $$"""
        public class Publisher(IJetStream jetStream)
        {
            public async Task PublishAsync(string id) => await jetStream.PublishAsync({{subject}}, id);
        }
        """;
}
