using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0608 wrote blanks into files with tabs.</summary>
public class RetryMembersAmongTabsTests
{
    [Fact]
    public Task Tabs_StayTabs() => Verify.Rule("NATS0608").Fixes(
        "namespace N\n{\n\tpublic class [|C|] : ConventionPullConsumer\n\t{\n\t\tpublic override string StreamName => \"a\";\n\t\tpublic override int MaxRetries { get { return 1; } }\n\t}\n}\n",
        "namespace N\n{\n\tpublic class C : PullConsumer\n\t{\n\t\tpublic override string StreamName => \"a\";\n\t\tpublic override int MaxDeliver => 2;\n\n\t\tpublic override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1)];\n\t}\n}\n");
}
