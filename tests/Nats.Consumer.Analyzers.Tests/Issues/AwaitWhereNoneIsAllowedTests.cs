using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0303 wrote await where the compiler takes none: in unsafe code, in a filter, beside references and spans, for a method of File that has no such overload; and it lost comments.</summary>
public class AwaitWhereNoneIsAllowedTests
{
    [Theory]
    [InlineData("ref int r = ref _i; r = [|Get().Result|];")]
    [InlineData("Span<int> s = stackalloc int[1]; s[0] = [|Get().Result|];")]
    [InlineData("try { } catch (Exception) when ([|Get().Result|] > 1) { }")]
    [InlineData("[|File.WriteAllText(\"a\", \"b\".AsSpan())|];")]
    [InlineData("_i = [|Get() /* why */ .Result|];")]
    public Task Await_IsNotOffered(string statements) => Verify.Rule("NATS0303").HasNoFix(Handler(statements));

    [Fact]
    public Task UnsafeClass_IsForAPerson() => Verify.Rule("NATS0303").HasNoFix(
        Handler("_i = [|Get().Result|];").Replace("public class", "public unsafe class", StringComparison.Ordinal).Replace("await Task.Yield();", "", StringComparison.Ordinal));

    [Fact]
    public Task OwnTypesOfTheSameNames_AreNotMeant() => Verify.Rule("NATS0303").Fixes(
        $"namespace N;\npublic class System;\n{Handler("[|Thread.Sleep(1)|];")}",
        $"namespace N;\npublic class System;\n{Handler("await Task.Delay(1);")}");

    private static string Handler(string statements) => Code.Handler($$"""
        private int _i;
            [Handle("a")]
            public async Task OnAsync()
            {
                await Task.Yield();
                {{statements}}
                _i++;
            }
            private static Task<int> Get() => Task.FromResult(1);
        """);
}
