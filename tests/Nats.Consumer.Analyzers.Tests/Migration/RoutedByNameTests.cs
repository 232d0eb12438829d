using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>The cases of the migration, by their numbers: before, after, and that nothing is found afterwards. Here: what a list can hold, and how it can be written.</summary>
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
    public Task Case29_TwiceInTheList_OnceInTheAttribute() => Same("\"a.b\", \"a.b\"", "handle_b", "[Handle(\"a.b\")]");

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
