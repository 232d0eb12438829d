using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Routing;

public class DuplicateSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0201");

    [Fact]
    public Task SameSubjectInTwoMethods_SaysWhatTheRuntimeSays() => Rule.Says(
        "OrderHandler.OnSecondAsync and OrderHandler.OnFirstAsync both handle 'orders.created'. Within a class each subject has one handler: remove one [Handle], or change its subject.",
        Code.Handler("""
            [Handle("orders.created")] public Task OnFirstAsync() => Task.CompletedTask;
                [Handle("orders.updated", [|"orders.created"|])] public Task OnSecondAsync() => Task.CompletedTask;
            """));

    [Fact]
    public Task SameSubjectAtOneMethod_Triggers() => Rule.Reports(Code.Handle("\"a\", [|\"a\"|]"));

    [Fact]
    public Task PartialClass_Triggers() => Rule.Reports(
        """
        public partial class OrderHandler : ConsumerHandler { [Handle("a.*")] public Task OneAsync() => Task.CompletedTask; }
        """,
        """
        public partial class OrderHandler { [Handle([|"a.*"|])] public Task TwoAsync() => Task.CompletedTask; }
        """);

    [Fact]
    public Task InheritedMethod_TriggersInTheDerivedClassOnly() => Rule.Reports("""
        public abstract class Base : ConsumerHandler { [Handle("a")] public Task OneAsync() => Task.CompletedTask; }
        public class Derived : Base { [Handle([|"a"|])] public Task TwoAsync() => Task.CompletedTask; }
        public class Further : Derived { [Handle("b")] public Task ThreeAsync() => Task.CompletedTask; }
        """);

    [Fact]
    public Task Override_TakesThePlaceOfWhatItOverrides() => Rule.Reports("""
        public abstract class Base : ConsumerHandler { [Handle("a")] public virtual Task OneAsync() => Task.CompletedTask; }
        public class Derived : Base { public override Task OneAsync() => Task.CompletedTask; }
        """);

    [Fact]
    public Task CollectionExpressionAndConstants_Trigger() => Rule.Reports("""
        public class OrderHandler : ConsumerHandler
        {
            private const string Created = "orders.created";
            [Handle(Created)] public Task OneAsync() => Task.CompletedTask;
            [Handle(["x", [|$"orders.{nameof(created)}"|]])] public Task TwoAsync() => Task.CompletedTask;
            private int created() => 0;
        }
        """);

    [Theory]
    [InlineData("\"a.b\", \"a.*\", \"a.>\", \"A.b\"")]
    [InlineData("\"a..b\", \"a..b\"")] // NATS0001
    [InlineData("\"a.{x}\", \"a.{y}\"")] // NATS0202
    public Task DifferentSubjects_DoNotTrigger(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Fact]
    public Task TwoClasses_DoNotTrigger() => Rule.Reports(Code.Handle("\"a\""), Code.Handle("\"a\"").Replace("OrderHandler", "Other", StringComparison.Ordinal));

    [Fact]
    public Task Fix_RemovesArgumentsAndAttributes() => Rule.Fixes(
        Code.Handler("""
            [Handle("a", [|"a"|], "b")]
                [Handle([|"a"|], [|"b"|])]
                [Handle([|"b"|]), Obsolete]
                public Task OnFirstAsync() => Task.CompletedTask;
            """),
        Code.Handler("""
            [Handle("a", "b")]
                [Obsolete]
                public Task OnFirstAsync() => Task.CompletedTask;
            """));

    [Fact]
    public Task LastSubjectOfAMethod_HasNoFix() => Rule.HasNoFix(Code.Handler("""
        [Handle("a")] public Task OneAsync() => Task.CompletedTask;
            [Handle([|"a"|])] public Task TwoAsync() => Task.CompletedTask;
        """));
}
