using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>The cases of the migration that are about what else stands in a class: constructors, overloads, fallbacks, names in texts, what was moved before.</summary>
public class RoutedByNameMembersTests
{
    private static Verify Rule => Verify.Rule("NATS0601");

    [Fact]
    public Task Case16_ConstructorWithWork() => Rule.Fixes(
        """
        public class [|H|] : ConventionHandler
        {
            private readonly Uri _uri;

            public H(Uri uri) : base("orders.created") { _uri = uri; }

            public Task handle_created(MessageContext m) => Task.FromResult(_uri);
        }

        public class [|Other|] : ConventionHandler
        {
            private int _count;

            public Other()
                : base("orders.created")
            {
                _count = 1;
            }

            public Task handle_created(MessageContext m) => Task.FromResult(_count++);
        }
        """,
        """
        public class H : ConsumerHandler
        {
            private readonly Uri _uri;

            public H(Uri uri) { _uri = uri; }

            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.FromResult(_uri);
        }

        public class Other : ConsumerHandler
        {
            private int _count;

            public Other()
            {
                _count = 1;
            }

            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.FromResult(_count++);
        }
        """);

    [Fact]
    public Task Case20_Overloads_TheOneThatTakesMost() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("a.b")
        {
            public Task handle_b(MessageContext m) => handle_b(m, default);
            public Task handle_b(MessageContext m, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            public Task handle_b(MessageContext m) => handle_b(m, default);
            [Handle("a.b")]
            public Task handle_b(MessageContext m, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("public Task handle_b(string s) => Task.CompletedTask; public Task handle_b(MessageContext m) => Task.CompletedTask;")]
    [InlineData("public Task HandleB(MessageContext m) => Task.CompletedTask; public Task HandleBAsync(MessageContext m) => Task.CompletedTask;")]
    public Task Case20_TwoThatAreAsGood_AreSaid(string methods) => Rule.Reports($$"""
        public class H() : ConventionHandler({|NATS0602:"a.b"|})
        {
            {{methods}}
        }
        """);

    [Fact]
    public Task Case21_AsyncInTheSubject_IsNotTheRouter() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("orders.async", "orders.error", "orders.made")
        {
            public Task handle_async(MessageContext m) => Task.CompletedTask;
            public Task HandleErrorAsync(MessageContext m) => Task.CompletedTask;
            public Task HandleMadeAsync(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            [Handle("orders.async")]
            public Task handle_async(MessageContext m) => Task.CompletedTask;
            public Task HandleErrorAsync(MessageContext m) => Task.CompletedTask;
            [Handle("orders.made")]
            public Task HandleMadeAsync(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case22_NamesInTexts_StayValid() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("a.b")
        {
            public static string Name => nameof(handle_b);
            public static object? Method => typeof(H).GetMethod("handle_b");
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            public static string Name => nameof(handle_b);
            public static object? Method => typeof(H).GetMethod("handle_b");
            [Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case23_FallbackReason_IsTakenAlong() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("a.b")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken ct) =>
                ValueTask.FromResult(reason == "unhandled_subject" ? Outcome.Ack : Outcome.Retry);
        }
        """,
        """
        public class H : ConsumerHandler
        {
            [Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
            protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct) =>
                ValueTask.FromResult(reason == FallbackReason.NoHandler ? Outcome.Ack : Outcome.Retry);
        }
        """);

    [Fact]
    public Task Case26_HalfMigrated_OnlyTheListEntryGoes() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("orders.created", "orders.updated")
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.CompletedTask;

            public Task handle_updated(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.CompletedTask;

            [Handle("orders.updated")]
            public Task handle_updated(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case27_OverriddenRouter_IsSaid() => Rule.Reports("""
        public class H() : ConventionHandler("a.b")
        {
            public override ValueTask<Outcome> {|NATS0602:HandleAsync|}(MessageContext message, CancellationToken ct) => base.{|NATS0602:HandleAsync|}(message, ct);
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case28_Validation_Goes() => Rule.Fixes(
        [
            """
            public class [|H|] : ConventionHandler
            {
                public H()
                    : base("a.b")
                {
                    ValidateHandlers();
                }

                public Task handle_b(MessageContext m) => Task.CompletedTask;
            }
            """,
            """
            public static class Check
            {
                public static void Run(H handler)
                {
                    handler.ValidateHandlers();
                    if (handler.ValidateHandlers().Count > 0)
                        throw new InvalidOperationException();
                }
            }
            """,
        ],
        [
            """
            public class H : ConsumerHandler
            {
                [Handle("a.b")]
                public Task handle_b(MessageContext m) => Task.CompletedTask;
            }
            """,
            """
            public static class Check
            {
                public static void Run(H handler)
                {
                    if (((System.Collections.Generic.IReadOnlyList<string>)[]).Count > 0)
                        throw new InvalidOperationException();
                }
            }
            """,
        ]);

    [Fact]
    public Task Case28_ValidationThatNobodyReads_LeavesWhatCompiles() => Rule.Fixes(
        [
            """
            public class [|H|]() : ConventionHandler("a.b")
            {
                public Task handle_b(MessageContext m) => Task.CompletedTask;
            }
            """,
            """
            public class Check
            {
                public Check(H handler) => handler.ValidateHandlers();
                public void Subjects_AreComplete() => new H().ValidateHandlers();
                public IReadOnlyList<string> Missing(H handler) => handler.ValidateHandlers();
                public void Run(H handler, bool first)
                {
                    Action later = () => handler.ValidateHandlers();
                    Func<IReadOnlyList<string>> read = () => handler.ValidateHandlers();
                    if (first)
                        handler.ValidateHandlers();
                    Now();
                    void Now() => handler.ValidateHandlers();
                }
            }
            """,
        ],
        [
            """
            public class H : ConsumerHandler
            {
                [Handle("a.b")]
                public Task handle_b(MessageContext m) => Task.CompletedTask;
            }
            """,
            """
            public class Check
            {
                public Check(H handler) { }
                public void Subjects_AreComplete() { }
                public IReadOnlyList<string> Missing(H handler) => ((System.Collections.Generic.IReadOnlyList<string>)[]);
                public void Run(H handler, bool first)
                {
                    Action later = () => { };
                    Func<IReadOnlyList<string>> read = () => ((System.Collections.Generic.IReadOnlyList<string>)[]);
                    if (first)
                        { }
                    Now();
                    void Now() { }
                }
            }
            """,
        ]);

    [Fact]
    public Task Case30_MethodOfAnInterface_IsMarkedInTheClass() => Rule.Fixes(
        """
        public interface IHandle { Task handle_b(MessageContext m); }
        public class [|H|]() : ConventionHandler("a.b"), IHandle
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public interface IHandle { Task handle_b(MessageContext m); }
        public class H : ConsumerHandler, IHandle
        {
            [Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task QualifiedNames_WhereTheShortOneMeansAnother() => Rule.Fixes(
        """
        public class HandleAttribute : Attribute;
        public class [|H|]() : Nats.Consumer.ConventionHandler("a.b")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class HandleAttribute : Attribute;
        public class H : Nats.Consumer.ConsumerHandler
        {
            [Nats.Consumer.Handle("a.b")]
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task WithoutConventions_NothingIsFound() => Rule.Reports(Code.Handle("\"orders.created\""));
}
