using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0304 wanted the handler's token for what must outlive the handler, did not see <c>new CancellationToken()</c>, and its fix forgot the @ of a keyword.</summary>
public class LetGoOnPurposeTests
{
    [Theory]
    [InlineData("_ = save(CancellationToken.None);")]
    [InlineData("_ = Task.Run(() => save(default), CancellationToken.None);")]
    [InlineData("await save(@event).ContinueWith(done => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);")]
    [InlineData("await Task.Factory.StartNew(() => { }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    public Task WhatIsNotToBeCancelled_DoesNotTrigger(string body) => Verify.Rule("NATS0304").Reports(Handler(body));

    [Theory]
    [InlineData("await save([|new CancellationToken()|]);")]
    [InlineData("await save([|new()|]);")]
    [InlineData("await save([|default|]);")]
    public Task EveryEmptyToken_TriggersAndIsFixed(string body) => Verify.Rule("NATS0304").Fixes(Handler(body), Handler("await save(@event);"));

    private static string Handler(string body) => $$"""
        public class H(Func<CancellationToken, Task> save) : ConsumerHandler
        {
            [Handle("a")]
            public async Task OnAsync(CancellationToken @event)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;
}
