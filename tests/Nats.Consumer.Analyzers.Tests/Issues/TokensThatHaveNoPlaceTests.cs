using Nats.Consumer.Analyzers.Refactorings;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0305 and its refactoring added a parameter that clashed with something, or that a delegate in another file or an interface of a derived class did not expect.</summary>
public class TokensThatHaveNoPlaceTests
{
    private const string Overload = "public Task OnAsync(string s, CancellationToken stop) => Task.Delay(1, stop);";

    public static TheoryData<string, string> Clashes => new()
    {
        { "=> int.TryParse(s, out int cancellationToken) ? Task.Delay(cancellationToken) : Task.CompletedTask;", "" },
        { "=> (object)s is int cancellationToken ? Task.Delay(cancellationToken) : Task.CompletedTask;", "" },
        { "{ cancellationToken(); return Task.Delay(1); void cancellationToken() { } }", "" },
        { "=> Task.Delay(1);", Overload },
        { "=> Task.Delay(1);", "} public class User { public Func<H, Func<string, Task>> Use => h => h.OnAsync;" },
        { "=> Task.Delay(1);", "} public interface IOn { Task OnAsync(string s); } public class Derived : H, IOn {" },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public async Task Clash_HasNoFix(string body, string rest)
    {
        await Verify.Rule("NATS0305").HasNoFix(Handler("[|OnAsync|]", body, rest));
        (await new VerifyRefactoring(new AddTokenRefactoring()).Offers(Handler("On[||]Async", body, rest))).ShouldBeEmpty();
    }

    [Fact]
    public Task ParametersThatDependOnACondition_HaveNoFix() => Verify.Rule("NATS0305").HasNoFix("""
        public class H : ConsumerHandler
        {
            [Handle("a")]
            public Task [|OnAsync|](
        #if !OLD
                string s
        #endif
            ) => Task.Delay(s.Length);
        }
        """);

    [Fact]
    public async Task DelegateInAnotherFile_HasNoFix() => (await new VerifyRefactoring(new AddTokenRefactoring()).Offers(
        Handler("On[||]Async", "=> Task.Delay(1);", ""), "public class User(H h) { public Func<string, Task> Use => h.OnAsync; }")).ShouldBeEmpty();

    [Fact]
    public Task NamedArgumentOfTheSameName_IsNoClash() => Verify.Rule("NATS0305").Fixes(
        Handler("[|OnAsync|]", "{ Task.Delay(1, cancellationToken: default); return Task.Delay(1); }", ""),
        Handler("OnAsync", "{ Task.Delay(1, cancellationToken: default); return Task.Delay(1); }", "").Replace("string s)", "string s, CancellationToken cancellationToken)", StringComparison.Ordinal));

    [Fact]
    public Task AsyncVoidThatIsAnAction_HasNoFix() => Verify.Rule("NATS0301").HasNoFix(
        "public class H : ConsumerHandler { [Handle(\"a\")] public async void [|OnAsync|]() => await Task.Yield(); } public class User { public Func<H, Action> Use => h => h.OnAsync; }");

    private static string Handler(string name, string body, string rest) => $$"""
        public class H : ConsumerHandler
        {
            [Handle("a")] public Task {{name}}(string s) {{body}}
            {{rest}}
        }
        """;
}
