using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0303 reported results of tasks that had completed where the task had another name by then: an element, the parameter of a lambda, the winner of WhenAny.</summary>
public class CompletedTasksTests
{
    private static Verify Rule => Verify.Rule("NATS0303");

    [Theory]
    [InlineData("await Task.WhenAll(tasks); _ = tasks[0].Result;")]
    [InlineData("await Task.WhenAll(tasks); _ = tasks.Sum(task => task.Result);")]
    [InlineData("await Task.WhenAll(tasks); _ = tasks.First().Result;")]
    [InlineData("await Task.WhenAll(tasks); foreach (var task in tasks) _ = task.Result;")]
    [InlineData("var byId = ids.ToDictionary(id => id, load); await Task.WhenAll(byId.Values); _ = byId.ToDictionary(pair => pair.Key, pair => pair.Value.Result);")]
    [InlineData("var winner = await Task.WhenAny(tasks[0], tasks[1]).ConfigureAwait(false); _ = winner.Result;")]
    [InlineData("await foreach (var done in Task.WhenEach(tasks).WithCancellation(stop)) _ = done.Result;")]
    [InlineData("await load(\"\").ContinueWith(done => done.Result, stop);")]
    [InlineData("var one = load(\"\"); await one.WaitAsync(stop); _ = one.Result;")]
    [InlineData("var one = load(\"\"); if (one.Status == TaskStatus.RanToCompletion) _ = one.Result; await one;")]
    [InlineData("if (load(\"\") is { IsCompletedSuccessfully: true } done) _ = done.Result; await Task.Yield();")]
    [InlineData("if (load(\"\") is { IsCompleted: true, Result: > 3 }) await Task.Yield();")]
    [InlineData("var one = load(\"\"); await one; _ = one is { Result: > 3 };")]
    public Task ResultOfACompletedTask_DoesNotTrigger(string body) => Rule.Reports(Handler(body));

    [Theory]
    [InlineData("_ = [|tasks[0].Result|]; await Task.Yield();")]
    [InlineData("_ = tasks.Sum(task => [|task.Result|]); await Task.Yield();")]
    [InlineData("foreach (var task in tasks) _ = [|task.Result|]; await Task.Yield();")]
    [InlineData("await Task.WhenAll(tasks); _ = ids.Sum(id => [|load(id).Result|]);")]
    [InlineData("_ = load(\"\") is { [|Result|]: > 3 }; await Task.Yield();")]
    public Task ResultOfARunningTask_StillTriggers(string body) => Rule.Reports(Handler(body));

    private static string Handler(string body) => $$"""
        public class H(Func<string, Task<int>> load) : ConsumerHandler
        {
            [Handle("a")]
            public async Task OnAsync(string[] ids, CancellationToken stop)
            {
                var tasks = ids.Select(load).ToList();
                {{body}}
            }
        }
        """;
}
