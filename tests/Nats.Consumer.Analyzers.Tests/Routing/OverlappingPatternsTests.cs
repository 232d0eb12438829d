using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Routing;

public class OverlappingPatternsTests
{
    private static Verify On => Verify.Rule("NATS0203").With("dotnet_diagnostic.NATS0203.severity = suggestion");

    [Fact]
    public Task Crossing_Triggers() => On.Says(
        "Some subjects match '*.b' as well as 'a.*' of OrderHandler.OnAsync. The most specific one is called, token by token from the left: 'a.*'.", Code.Handle("\"a.*\", [|\"*.b\"|]"));

    [Theory]
    [InlineData("\"a.*\", \"a.>\", \"b.*\"")]
    [InlineData("\"a.b\", \"a.*\"")]
    public Task NestedOrDisjoint_DoesNotTrigger(string arguments) => On.Reports(Code.Handle(arguments));

    [Fact]
    public Task Default_IsOff() => Verify.Rule("NATS0203").Reports(Code.Handle("\"a.*\", \"*.b\""));
}
