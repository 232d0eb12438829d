using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0608 took members away that the class or one that derives from it uses, tore regions apart, lost comments, and forgot the retries of a class without members.</summary>
public class RetryMembersInUseTests
{
    [Fact]
    public Task MembersThatAreUsed_AreForAPerson() => HasNoFix("public override int MaxRetries => 2; public string Show() => $\"{MaxRetries}\";");

    [Fact]
    public Task MembersInARegion_AreForAPerson() => HasNoFix("public override int MaxRetries => 2;\n#region Delays\n    public override double InitialRetryDelay => 2;\n#endregion");

    [Fact]
    public Task OverriddenMembers_AreForAPerson() => Verify.Rule("NATS0608").HasNoFix("""
        public abstract class [|Base|] : ConventionPullConsumer { public override int MaxRetries => 2; }
        public class [|Derived|] : Base { public override string StreamName => "s"; public override double InitialRetryDelay => 2; }
        """);

    [Fact]
    public Task BaseClassWithoutMembers_KeepsItsRetries() => Verify.Rule("NATS0608").Fixes(
        "public abstract class [|Base|] : ConventionPullConsumer;",
        """
        public abstract class Base : PullConsumer
        {
            public override int MaxDeliver => 4;

            public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];
        }
        """);

    [Fact]
    public Task Comments_Stay() => Verify.Rule("NATS0608").Fixes(
        Consumer("[|OrderConsumer|] : ConventionPullConsumer", "// Two are enough.\n    public override int MaxRetries => 1; // really\n\n    // The bank is slow.\n    public override double InitialRetryDelay => 2;"),
        Consumer(
            "OrderConsumer : PullConsumer",
            "// Two are enough.\n    public override int MaxDeliver => 2;\n\n    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(2)]; // really\n    // The bank is slow."));

    private static Task HasNoFix(string members) => Verify.Rule("NATS0608").HasNoFix(Consumer("[|OrderConsumer|] : ConventionPullConsumer", members));

    private static string Consumer(string head, string members) => $$"""
        public class {{head}}
        {
            public override string StreamName => "s";

            {{members}}
        }
        """;
}
