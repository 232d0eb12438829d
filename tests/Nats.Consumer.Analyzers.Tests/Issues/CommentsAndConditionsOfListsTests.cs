using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0601 lost comments in lists of subjects, and subjects and methods that only another configuration compiles.</summary>
public class CommentsAndConditionsOfListsTests
{
    [Fact]
    public Task Comments_GoToTheMethods() => Verify.Rule("NATS0601").Fixes(
        """
        public class [|H|] : ConventionHandler
        {
            public H()
                : base(
                    "a.b", // first
                    // second
                    "a.c")
            {
            }

            public Task handle_b(MessageContext m) => Task.CompletedTask;
            public Task handle_c(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            // first
            [Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            // second
            [Handle("a.c")]
            public Task handle_c(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task ListWithConditions_IsSaid() => Verify.Rule("NATS0601").Reports("""
        public class H() : {|NATS0602:ConventionHandler(
        #if !OLD
            "a.b",
        #endif
            "a.c")|}
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            public Task handle_c(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("public Task handle_c(MessageContext m) => Task.CompletedTask;", false)]
    [InlineData("[Handle(\"a.c\")] public Task handle_c(MessageContext m) => Task.CompletedTask;", true)]
    [InlineData("// What handle_c was.", true)]
    public Task MethodThatIsNotCompiled_IsSaid(string hidden, bool canMove) => Verify.Rule("NATS0601").Reports($$"""
        public class {{(canMove ? "[|H|]" : "{|NATS0602:H|}")}}() : ConventionHandler("a.b", "a.c")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        #if OLD
            {{hidden}}
        #endif
        }
        """);
}
