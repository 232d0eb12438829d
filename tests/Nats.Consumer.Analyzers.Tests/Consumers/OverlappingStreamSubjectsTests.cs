using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class OverlappingStreamSubjectsTests
{
    private static Verify Rule => Verify.Rule("NATS0506");

    [Theory]
    [InlineData("[\"orders.>\", [|\"orders.created\"|]]")]
    [InlineData("[[|\"orders.created\"|], \"orders.>\"]")]
    [InlineData("[\"orders.*\", [|\"*.created\"|]]")]
    [InlineData("[\"a\", [|\"a\"|]]")]
    [InlineData("[\"a.{x}\", [|\"a.*\"|]]")]
    [InlineData("[[|\"a.b\"|], [|\"a.c\"|], \"a.*\"]")]
    [InlineData("new[] { \"a.>\", [|\"a.b\"|] }")]
    [InlineData("new List<string> { \"a.>\", [|\"a.b\"|] }")]
    public Task Overlap_Triggers(string subjects) => Rule.Reports(Code.Stream(subjects).Replace("orders\")", "x\")", StringComparison.Ordinal));

    [Theory]
    [InlineData("[\"orders.*\", \"orders.*.>\", \"users.>\"]")]
    [InlineData("[\"a..b\", \"a..b\"]")] // NATS0001
    [InlineData("[\"a.b\", System.Environment.MachineName]")]
    public Task DisjointOrInvalid_DoesNotTrigger(string subjects) => Rule.Reports(Code.Stream(subjects));

    [Fact]
    public Task Message_IsThatOfTheRuntime() => Rule.Says(
        "The stream captures 'a.>' and 'a.*', which overlap; the server refuses that (10052). State each subject once.", Code.Stream("[\"a.>\", [|\"a.{id}\"|]]"));

    [Fact]
    public Task Consumer_DoesNotTrigger() => Rule.Reports(Code.Consumer("[\"a.>\", \"a.b\"]"));

    [Theory]
    [InlineData("[[|\"a.b\"|], \"a.>\", [|\"a.c\"|]]", "[\"a.>\"]")]
    [InlineData("new[] { \"a.>\", [|\"a.b\"|] }", "new[] { \"a.>\" }")]
    [InlineData("new List<string> { \"a.>\", [|\"a.b\"|], \"c\" }", "new List<string> { \"a.>\", \"c\" }")]
    public Task Fix_RemovesWhatIsCovered(string before, string after) => Rule.Fixes(Code.Stream(before), Code.Stream(after));

    [Fact]
    public Task Fix_KeepsLinesAndComments() => Rule.Fixes(
        Code.Stream("""
            [
                "a.>", // everything
                [|"a.b"|], // gone
                // of users
                "users.>", [|"users.x"|]
            ]
            """),
        Code.Stream("""
            [
                "a.>", // everything
                // of users
                "users.>"
            ]
            """));

    [Fact]
    public Task Crossing_HasNoFix() => Rule.HasNoFix(Code.Stream("[\"orders.*\", [|\"*.created\"|]]"));
}
