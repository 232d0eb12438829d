using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The fix of NATS0303 wrote awaits that the compiler refuses.</summary>
public class AwaitThatDoesNotCompileTests
{
    [Theory]
    [InlineData("[|Thread.Sleep(millisecondsTimeout: 100)|];")]
    [InlineData("foreach (var line in [|File.ReadLines(\"x\")|]) Console.WriteLine(line);")]
    [InlineData("Use(data.AsSpan(), [|load().Result|]);")]
    [InlineData("foreach (byte one in data.AsSpan()) Console.WriteLine(one + [|load().Result|]);")]
    public Task ArgumentNamesStreamsAndSpans_HaveNoFix(string body) => Verify.Rule("NATS0303").HasNoFix(Handler(body));

    [Fact]
    public Task ElementsThatTheCompilerPutsIntoASpan_HaveAFix() => Verify.Rule("NATS0303").Fixes(
        Handler("await Task.WhenAll(load(), Task.FromResult([|load().Result|]));"), Handler("await Task.WhenAll(load(), Task.FromResult(await load()));"));

    private static string Handler(string body) => $$"""
        public class H(Func<Task<int>> load) : ConsumerHandler
        {
            [Handle("a")]
            public async Task OnAsync(byte[] data)
            {
                await Task.Yield();
                {{body}}
                static void Use(ReadOnlySpan<byte> span, int number) { }
            }
        }
        """;
}
