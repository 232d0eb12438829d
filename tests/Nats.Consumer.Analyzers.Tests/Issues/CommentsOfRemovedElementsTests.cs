using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>Where a subject was taken out of a list, comments of others went with it, and an <c>#if</c> was left without its end.</summary>
public class CommentsOfRemovedElementsTests
{
    [Fact]
    public Task FirstOne_LeavesTheCommentOfTheNext() => Verify.Rule("NATS0506").Fixes(
        Stream("// the old ones", "[|\"orders.a\"|],", "// all of them", "\"orders.>\","),
        Stream("// all of them", "\"orders.>\","));

    [Fact]
    public Task LastOne_LeavesTheCommentBeforeIt() => Verify.Rule("NATS0506").Fixes(
        Stream("\"orders.>\", // all", "[|\"orders.a\"|] // old"),
        Stream("\"orders.>\" // all"));

    [Fact]
    public Task ListWithConditions_HasNoFix() => Verify.Rule("NATS0506").HasNoFix(Stream("\"orders.>\",", "#if !NOTHING", "[|\"orders.a\"|],", "#endif", "\"x\","));

    [Fact]
    public Task EndOfABridge_LeavesTheOthersComments() => Verify.Rule("NATS0611").Fixes(
        Code.Handle("\n        \"a.b\", // new\n        [|\"a-b\"|], // old\n        \"c\""),
        Code.Handle("\n        \"a.b\", // new\n        \"c\""));

    [Fact]
    public Task EndOfABridge_WithinAnIf_IsForAPerson() => Verify.Rule("NATS0611").HasNoFix(Code.Handle("\n        \"a.b\"\n#if !NOTHING\n        , [|\"a-b\"|]\n#endif\n        "));

    private static string Stream(params string[] lines) => Code.Stream($"\n        [\n            {string.Join("\n            ", lines)}\n        ]");
}
