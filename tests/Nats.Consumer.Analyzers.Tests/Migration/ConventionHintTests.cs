using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>What is said of classes whose handlers are found by their names, besides that they can be moved.</summary>
public class ConventionHintTests
{
    [Fact]
    public Task Obstacles_SayWhy() => Verify.Rule("NATS0602").Says(
        "H cannot be moved to [Handle] by a fix: it overrides HandleAsync and so routes messages itself. Do in a middleware or in the handlers what it does besides, and remove it.",
        """
        public class H() : ConventionHandler("a.b")
        {
            public override ValueTask<Outcome> [|HandleAsync|](MessageContext message, CancellationToken ct) => ValueTask.FromResult(Outcome.Ack);
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task NothingToCall_IsAnObstacle() => Verify.Rule("NATS0602").Reports("public class [|H|]() : ConventionHandler(\"a.b\");");

    [Fact]
    public Task PrivateMethodOfABaseClass_IsAnObstacle() => Verify.Rule("NATS0602").Reports("""
        public abstract class Base(params string[] s) : ConventionHandler(s)
        {
            private Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class H() : Base([|"a.b"|]);
        """);

    [Fact]
    public Task Collision_IsSaidOfTheSecond() => Verify.Rule("NATS0603").Says(
        "'users.created' is handled by handle_created, as 'orders.created' is: their names differ in what names do not count. With [Handle] each subject can have a method of its own.",
        """
        public class H() : ConventionHandler("orders.created", [|"users.created"|], [|"orders-created"|], "orders.updated")
        {
            public Task handle_created(MessageContext m) => Task.CompletedTask;
            public Task handle_updated(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("\"orders.*\"", "wildcards were skipped. Write a method with [Handle(\"orders.*\")] if you want these messages.")]
    [InlineData("\"orders..made\"", "it is no subject, and no message can have it.")]
    [InlineData("\"user:availed\"", "no method can be called handle_user:availed. Write a method with [Handle(\"user:availed\")], or use dots.")]
    [InlineData("\"orders.shipped\"", "there is no method handle_shipped, so its messages go to the fallback.")]
    [InlineData("\"orders.void\"", "the method of its name cannot be called as a handler, so its messages go to the fallback.")]
    public Task NeverRouted_SaysWhy(string subject, string why) => Verify.Rule("NATS0604").Says(
        $"'{subject.Trim('"')}' is listed and never routed: {why}",
        $$"""
        public class H() : ConventionHandler("orders.created", [|{{subject}}|])
        {
            public Task handle_created(MessageContext m) => Task.CompletedTask;
            public void handle_void(MessageContext m) { }
        }
        """);

    [Fact]
    public Task DeadMethods_AreSaid() => Verify.Rule("NATS0605").Says(
        "handle_archived is never called by its name: no listed subject leads to it. It stays without [Handle].",
        """
        public class H() : ConventionHandler("orders.created")
        {
            public Task handle_created(MessageContext m) => HandleFailure();
            public Task [|HandleCreatedAsync|](MessageContext m) => Task.CompletedTask;
            public Task [|handle_archived|](MessageContext m) => Task.CompletedTask;
            [Handle("orders.gone")]
            public Task handle_gone(MessageContext m) => Task.CompletedTask;
            private Task HandleFailure() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task NamesInTexts_AreSaid() => Verify.Rule("NATS0606").Says(
        "This text names H.handle_b. Renaming the method does not change it: write nameof(handle_b).",
        """
        public class H() : ConventionHandler("a.b")
        {
            public static object? Method => typeof(H).GetMethod([|"handle_b"|]) ?? typeof(H).GetMethod("handle_c");
            public static string Name => nameof(handle_b);
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task TextualReason_InEveryForm() => Verify.Rule("NATS0607").Fixes(
        """
        public abstract class H() : ConventionHandler("a.b")
        {
            private const string Unhandled = "unhandled_subject";
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, [|string|] reason, CancellationToken ct)
            {
                Console.WriteLine($"{message.Subject}: {reason}");
                Console.WriteLine("{0}", (object)1);
                string.Format("{0}", reason);
                if (reason != Unhandled || reason is not "unhandled_subject")
                    return ValueTask.FromResult(Outcome.Retry);
                switch (reason)
                {
                    case "unhandled_subject":
                        return ValueTask.FromResult(Outcome.Ack);
                    default:
                        return ValueTask.FromResult(reason switch { "unhandled_subject" => Outcome.Ack, _ => Outcome.Retry });
                }
            }
        }
        """,
        """
        public abstract class H() : ConventionHandler("a.b")
        {
            private const string Unhandled = "unhandled_subject";
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct)
            {
                Console.WriteLine($"{message.Subject}: {reason}");
                Console.WriteLine("{0}", (object)1);
                string.Format("{0}", reason);
                if (reason != FallbackReason.NoHandler || reason is not FallbackReason.NoHandler)
                    return ValueTask.FromResult(Outcome.Retry);
                switch (reason)
                {
                    case FallbackReason.NoHandler:
                        return ValueTask.FromResult(Outcome.Ack);
                    default:
                        return ValueTask.FromResult(reason switch { FallbackReason.NoHandler => Outcome.Ack, _ => Outcome.Retry });
                }
            }
        }
        """);

    [Theory]
    [InlineData("reason == {|NATS0602:\"not_implemented\"|}", "\"a.b\"")]
    [InlineData("reason == {|NATS0602:\"no_mapping\"|}", "\"a.b\"")]
    [InlineData("{|NATS0602:reason|}.Length > 3", "\"a.b\"")]
    [InlineData("reason == \"unhandled_subject\"", "\"a.b\", {|NATS0602:\"a.c\"|}")]
    public Task TextualReason_WhereItWouldChangeSomething_HasNoFix(string condition, string list) => Verify.Rule("NATS0607").HasNoFix($$"""
        public class H() : ConventionHandler({{list}})
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, [|string|] reason, CancellationToken ct) =>
                ValueTask.FromResult({{condition}} ? Outcome.Ack : Outcome.Retry);
        }
        """);
}
