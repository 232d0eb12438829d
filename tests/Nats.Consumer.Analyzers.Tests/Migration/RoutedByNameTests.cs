using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>The cases of the migration, by their numbers: before, after, and that nothing is found afterwards.</summary>
public class RoutedByNameTests
{
    private static Verify Rule => Verify.Rule("NATS0601");

    [Fact]
    public Task Case01_Simple() => Rule.Fixes(
        """
        public class [|OrderHandler|] : ConventionHandler
        {
            public OrderHandler()
                : base("orders.created", "orders.updated")
            {
            }

            public Task handle_created(MessageContext m) => Task.CompletedTask;

            /// <summary>Updates.</summary>
            public Task HandleUpdatedAsync(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class OrderHandler : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.CompletedTask;

            /// <summary>Updates.</summary>
            [Handle("orders.updated")]
            public Task HandleUpdatedAsync(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case02_SeveralLevels() => Same("\"users.profile.updated\"", "HandleProfileUpdated", "[Handle(\"users.profile.updated\")]");

    [Fact]
    public Task Case03_OneWord() => Same("\"payments\"", "handle_payments", "[Handle(\"payments\")]");

    [Fact]
    public Task Case04_Separators_StayOnTheWire() => Same("\"orders-updated\", \"users_updated\"", "handle_updated", "[Handle(\"orders-updated\", \"users_updated\")]");

    [Fact]
    public Task Case05_CollisionOfDomains() => Same("\"orders.created\", \"users.created\"", "handle_created", "[Handle(\"orders.created\", \"users.created\")]");

    [Fact]
    public Task Case06_CollisionOfSeparators() =>
        Same("\"orders.created\", \"orders-created\", \"orders_created\"", "handle_created", "[Handle(\"orders.created\", \"orders-created\", \"orders_created\")]");

    [Fact]
    public Task Case07_UnderscoreInTheDomain() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("user_accounts.created")
        {
            public Task HandleAccountsCreated(MessageContext m) => Task.CompletedTask;

            public Task HandleUserAccountsCreated(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            [Handle("user_accounts.created")]
            public Task HandleAccountsCreated(MessageContext m) => Task.CompletedTask;

            public Task HandleUserAccountsCreated(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case08_AmbiguousFlattening() =>
        Same("\"users.profile-picture.updated\", \"users.profile.picture.updated\"", "HandleProfilePictureUpdated", "[Handle(\"users.profile-picture.updated\", \"users.profile.picture.updated\")]");

    [Fact]
    public Task Case09_Wildcard_IsDropped() => Same("\"orders.created\", \"orders.*\"", "handle_created", "[Handle(\"orders.created\")]");

    [Fact]
    public Task Case10_ListedWithoutMethod_IsDropped() => Same("\"orders.created\", \"orders.shipped\"", "handle_created", "[Handle(\"orders.created\")]");

    [Fact]
    public Task Case11_MethodThatIsNotListed_StaysAsItIs() => Rule.Fixes(
        """
        public class [|H|]() : ConventionHandler("orders.created")
        {
            public Task handle_created(MessageContext m) => Task.CompletedTask;
            public Task handle_archived(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public class H : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.CompletedTask;
            public Task handle_archived(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case12_Case_IsKept() => Same("\"Orders.Created\"", "HandleCreated", "[Handle(\"Orders.Created\")]");

    [Fact]
    public Task Case13_NoIdentifier_HasNoFix() => Rule.Reports("""
        public class H() : ConventionHandler("user:availed")
        {
            public Task handle_availed(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case14_InvalidSubject_IsDropped() => Same("\"orders.created\", \"orders..created\", \"orders.\"", "handle_created", "[Handle(\"orders.created\")]");

    [Theory]
    [InlineData("new[] { \"orders.created\" }")]
    [InlineData("new string[] { \"orders.created\" }")]
    [InlineData("[\"orders.created\"]")]
    [InlineData("subjects: [\"orders.created\"]")]
    [InlineData("\"orders.\" + \"created\"", "\"orders.\" + \"created\"")]
    [InlineData("Names.Created", "Names.Created")]
    [InlineData("$\"{Names.Prefix}.created\"", "$\"{Names.Prefix}.created\"")]
    [InlineData("Names.All", "Names.Created")]
    [InlineData("[.. Names.All]", "Names.Created")]
    public Task Case15_FormsOfTheList(string arguments, string expression = "\"orders.created\"") => Rule.Fixes(
        $$"""
        public static class Names { public const string Prefix = "orders"; public const string Created = Prefix + ".created"; public static readonly string[] All = [Names.Created]; }
        public class [|H|](IServiceProvider services) : ConventionHandler({{arguments}})
        {
            public Task handle_created(MessageContext m) => Task.FromResult(services);
        }
        """,
        $$"""
        public static class Names { public const string Prefix = "orders"; public const string Created = Prefix + ".created"; public static readonly string[] All = [Names.Created]; }
        public class H(IServiceProvider services) : ConsumerHandler
        {
            [Handle({{expression}})]
            public Task handle_created(MessageContext m) => Task.FromResult(services);
        }
        """);

    [Theory]
    [InlineData("public H(string[] s) : base({|NATS0602:s|}) { }")]
    [InlineData("public H() : base({|NATS0602:Environment.GetCommandLineArgs()|}) { }")]
    [InlineData("public H() : base(\"a.b\", {|NATS0602:Guid.NewGuid().ToString()|}) { }")]
    [InlineData("public H() : base(\"a.b\") { } public H(int i) {|NATS0602:: base(\"a.c\")|} { }")]
    public Task Case15_SubjectsThatAreNotConstant_AreSaid(string constructor) => Rule.Reports($$"""
        public class H : ConventionHandler
        {
            {{constructor}}
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

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
    public Task Case17_Inherited_EachListOfItsOwn_Forwards() => Rule.Fixes(
        """
        public abstract class [|Base|] : ConventionHandler
        {
            protected Base(params string[] s) : base(s) { }

            protected Task handle_created(MessageContext m) => Task.CompletedTask;
        }

        public class [|A|]() : Base("orders.created");

        public class [|B|] : Base
        {
            public B()
                : base("users.created", "users.deleted")
            {
            }

            public Task handle_deleted(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public abstract class Base : ConsumerHandler
        {
            protected Task handle_created(MessageContext m) => Task.CompletedTask;
        }

        public class A : Base
        {
            [Handle("orders.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }

        public class B : Base
        {
            [Handle("users.deleted")]
            public Task handle_deleted(MessageContext m) => Task.CompletedTask;

            [Handle("users.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }
        """);

    [Fact]
    public Task Case17_Inherited_OneListForAll_IsOnTheBaseMethod() => Rule.Fixes(
        """
        public abstract class [|Base|](string name, params string[] s) : ConventionHandler(s)
        {
            public Task handle_created(MessageContext m) => Task.FromResult(name);
        }

        public class [|A|]() : Base("a", "orders.created");
        public class [|B|]() : Base("b", "orders.created");
        """,
        """
        public abstract class Base(string name) : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.FromResult(name);
        }

        public class A() : Base("a");
        public class B() : Base("b");
        """);

    [Fact]
    public Task Case18_BaseInAnotherAssembly_Forwards() => Rule.WithLibrary(
        """
        #pragma warning disable NATS0601
        public abstract class LibraryHandler(params string[] s) : ConventionHandler(s)
        {
            public Task handle_created(MessageContext m) => Task.CompletedTask;
        }
        """).Fixes(
        """
        public class [|A|]() : LibraryHandler("orders.created")
        {
            public Task Helper() => Task.CompletedTask;
        }
        """,
        """
        public class A : LibraryHandler
        {
            public Task Helper() => Task.CompletedTask;

            [Handle("orders.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }
        """);

    [Fact]
    public Task Case19_Override_HasWhatItOverrides() => Rule.Fixes(
        """
        public class [|Base|]() : ConventionHandler("a.b")
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public override Task handle_b(MessageContext m) => base.handle_b(m);
        }
        """,
        """
        public class Base : ConsumerHandler
        {
            [Handle("a.b")]
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public override Task handle_b(MessageContext m) => base.handle_b(m);
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
    public Task Case25_PartialClass_InTwoFiles() => Rule.Fixes(
        [
            """
            namespace Shop.Names { public static class Subjects { public const string Created = "orders.created"; } }
            """,
            """
            using Shop.Names;
            namespace Shop;

            public partial class [|H|] : ConventionHandler
            {
                private const string Updated = "orders.updated";
                public H() : base(Subjects.Created, Updated) { }
            }
            """,
            """
            namespace Shop;

            public partial class H
            {
                public Task handle_created(MessageContext m) => Task.CompletedTask;
                public Task handle_updated(MessageContext m) => Task.CompletedTask;
            }
            """,
        ],
        [
            """
            namespace Shop.Names { public static class Subjects { public const string Created = "orders.created"; } }
            """,
            """
            using Shop.Names;
            namespace Shop;

            public partial class H : ConsumerHandler
            {
                private const string Updated = "orders.updated";
            }
            """,
            """
            namespace Shop;

            public partial class H
            {
                [Handle("orders.created")]
                public Task handle_created(MessageContext m) => Task.CompletedTask;
                [Handle(Updated)]
                public Task handle_updated(MessageContext m) => Task.CompletedTask;
            }
            """,
        ]);

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
    public Task Case29_TwiceInTheList_OnceInTheAttribute() => Same("\"a.b\", \"a.b\"", "handle_b", "[Handle(\"a.b\")]");

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
    public Task DerivedClassThatWouldHandleASubjectTwice_HasNoFix() => Rule.HasNoFix("""
        public class [|Base|]() : ConventionHandler("a.b")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public new Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case19_OverrideOfOneOfSeveralLists_IsMarkedItself() => Rule.Fixes(
        """
        public abstract class [|Base|](params string[] s) : ConventionHandler(s)
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class [|A|]() : Base("a.b")
        {
            public override Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class [|B|]() : Base("b.b");
        """,
        """
        public abstract class Base : ConsumerHandler
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class A : Base
        {
            [Handle("a.b")]
            public override Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class B : Base
        {
            [Handle("b.b")]
            public Task OnBAsync(MessageContext m) => handle_b(m);
        }
        """);

    [Fact]
    public Task WithoutConventions_NothingIsFound() => Rule.Reports(Code.Handle("\"orders.created\""));

    private static Task Same(string list, string method, string attribute) => Rule.Fixes(
        $$"""
        public class [|H|]() : ConventionHandler({{list}})
        {
            public Task {{method}}(MessageContext m) => Task.CompletedTask;
        }
        """,
        $$"""
        public class H : ConsumerHandler
        {
            {{attribute}}
            public Task {{method}}(MessageContext m) => Task.CompletedTask;
        }
        """);
}
