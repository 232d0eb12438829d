using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0601 left the alias of ConventionHandler behind that nothing used any more.</summary>
public class AliasesOfMovedClassesTests
{
    private const string Before = """
        // What orders do.
        using Base = Nats.Consumer.ConventionHandler;
        using Nats.Consumer;

        public class [|H|]() : Base("a.b")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """;

    private const string After = """
        // What orders do.
        using Nats.Consumer;

        public class H : ConsumerHandler
        {
            [Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """;

    [Fact]
    public Task UnusedAlias_Goes() => Verify.Rule("NATS0601").Fixes(Before, After);

    [Fact]
    public Task SharedAlias_GoesWithTheLastClass()
    {
        static string Second(string source) => source + "\n" + source[source.IndexOf("public class", StringComparison.Ordinal)..].Replace("H", "I", StringComparison.Ordinal).Replace("Iandle", "Handle", StringComparison.Ordinal).Replace("ConsumerIandler", "ConsumerHandler", StringComparison.Ordinal);
        return Verify.Rule("NATS0601").Fixes(Second(Before), Second(After));
    }

    [Fact]
    public Task AliasThatSomethingElseUses_Stays() => Verify.Rule("NATS0601").Fixes(
        Before + "\npublic class Other { public static Type Type => typeof(Base); }",
        After.Replace("using Nats", "using Base = Nats.Consumer.ConventionHandler;\nusing Nats", StringComparison.Ordinal) + "\npublic class Other { public static Type Type => typeof(Base); }");
}
