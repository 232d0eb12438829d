using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class OverlappingStreamsTests
{
    private static readonly string Orders = Code.ConsumerNamed("Orders", "public override string StreamName => \"orders\";" + Code.Setup("orders", "[\"orders.>\"]"));

    private static Verify Rule => Verify.Rule("NATS0402").InApplication();

    [Fact]
    public async Task StreamsThatConsumersSetUp_AreAnError()
    {
        var finding = (await Rule.Reports(Code.Main, Orders, Consumer("[\"audit\", [|\"*.created\"|]]"))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldBe("'*.created' of stream 'audit' overlaps 'orders.>' of stream 'orders'; the server takes only one of the two (10065). Each subject belongs to one stream.");
        finding.AdditionalLocations.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"eu\"")]
    [InlineData("Environment.MachineName")]
    public Task StreamsThatMayBeOnUnlikeServers_DoNotTrigger(string connection) =>
        Rule.Reports(Code.Main, Orders, Code.ConsumerNamed("Audit", $"public override string StreamName => \"audit\"; public override string? Connection => {connection};" + Code.Setup("audit", "[\"*.created\"]")));

    [Fact]
    public async Task StreamsThatAreValues_Warn() => (await Rule.Reports(Code.Main, Orders, """
        public static class Streams { public static readonly StreamConfig Audit = new("audit") { Subjects = [[|"orders.created"|]] }; }
        """)).Single().Severity.ShouldBe(DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[\"audit.>\"]")]
    [InlineData("[Environment.MachineName]")]
    public Task DisjointOrUnknown_DoesNotTrigger(string subjects) => Rule.Reports(Code.Main, Orders, Consumer(subjects));

    [Fact]
    public Task SameStream_DoesNotTrigger() => Rule.Reports(Code.Main, Orders, Consumer("[\"orders.>\"]").Replace("StreamConfig(\"audit\")", "StreamConfig(\"orders\")", StringComparison.Ordinal));

    [Fact]
    public Task StreamsOfWhichOneIsMade_DoNotTrigger() => Rule.Reports(Code.Main, Code.ConsumerNamed("Orders", """
        public override string StreamName => "orders";
            protected override IEnumerable<StreamOperation> Setup() =>
                [StreamOperation.CreateOrUpdate(Environment.Is64BitProcess ? new StreamConfig("a") { Subjects = ["x"] } : new StreamConfig("b") { Subjects = ["x"] })];
            public static StreamConfig For(string tenant) => new("c") { Subjects = ["x"] };
        """));

    [Fact]
    public Task TestProject_DoesNotTrigger() => Rule.InTests().Reports(Code.Main, Orders, Consumer("[\"orders.created\"]"));

    [Fact]
    public Task Library_DoesNotTrigger() => Verify.Rule("NATS0402").Reports(Orders, Consumer("[\"orders.created\"]"));

    private static string Consumer(string subjects) => Code.ConsumerNamed("Audit", "public override string StreamName => \"audit\";" + Code.Setup("audit", subjects));
}
