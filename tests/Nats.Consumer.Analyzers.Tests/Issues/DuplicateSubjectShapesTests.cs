using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0201 threw where [Handle] has another name, left an <c>#endif</c> alone, and lost comments and indentation.</summary>
public class DuplicateSubjectShapesTests
{
    [Fact]
    public Task Alias_IsFixed() => Verify.Rule("NATS0201").Fixes(
        $"using H = Nats.Consumer.HandleAttribute;\n{Code.Handle("\"a.b\", [|\"a.b\"|]").Replace("[Handle(", "[H(", StringComparison.Ordinal)}",
        $"using H = Nats.Consumer.HandleAttribute;\n{Code.Handle("\"a.b\"").Replace("[Handle(", "[H(", StringComparison.Ordinal)}");

    [Fact]
    public Task AttributeWithinAnIf_IsForAPerson() => Verify.Rule("NATS0201").HasNoFix(Code.Handler("""
        [Handle("a.b")]
        #if !NOTHING
            [Handle([|"a.b"|])]
        #endif
            public Task OnAsync() => Task.CompletedTask;
        """));

    [Fact]
    public Task Comments_Stay() => Verify.Rule("NATS0201").Fixes(
        Code.Handler("""
            [Handle("a.b")]
                // Since version 2.
                [Handle([|"a.b"|], "c")]
                [Handle([|"a.b"|])] /* of the shop */ public Task OnAsync() => Task.CompletedTask;
            """),
        Code.Handler("""
            [Handle("a.b")]
                // Since version 2.
                [Handle("c")]
                 /* of the shop */ public Task OnAsync() => Task.CompletedTask;
            """));
}
