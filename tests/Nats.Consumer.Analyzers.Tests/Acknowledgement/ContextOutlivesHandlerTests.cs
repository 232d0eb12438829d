using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Acknowledgement;

public class ContextOutlivesHandlerTests
{
    private static Verify Rule => Verify.Rule("NATS0704");

    [Theory]
    [InlineData("_ = Task.Run(() => [|message|].AckAsync().AsTask());")]
    [InlineData("Task.Run(async () => { await Task.Yield(); await [|message|].AckAsync(); });")]
    [InlineData("_ = LaterAsync([|message|]);")]
    [InlineData("LaterAsync([|message|]);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Console.WriteLine([|message|].Subject));")]
    [InlineData("Last = [|message|];")]
    public Task ContextThatLeaves_Triggers(string statement) => Rule.Reports(Handler(statement));

    [Theory]
    [InlineData("await LaterAsync(message);")]
    [InlineData("await Task.Run(() => message.AckAsync().AsTask());")]
    [InlineData("var task = LaterAsync(message); await task;")]
    [InlineData("var subject = message.Subject; _ = Task.Run(() => Console.WriteLine(subject));")]
    [InlineData("_ = TextAsync(message.Subject);")]
    [InlineData("_ = message.AckAsync();")]
    [InlineData("Own = message;")]
    [InlineData("await Task.WhenAll(LaterAsync(message), LaterAsync(message));")]
    [InlineData("_ = Task.Run(() => 1);")]
    public Task ContextThatStays_DoesNotTrigger(string statement) => Rule.Reports(Handler(statement));

    [Fact]
    public Task Message_SaysWhatToDo() => Rule.Says("'message' is valid until the handler has completed; used later it throws. Await the task that uses it.", Handler("_ = LaterAsync([|message|]);"));

    private static string Handler(string statement) => Code.Handler($$"""
        public static MessageContext Last { get; set; }
            public MessageContext Own { get; set; }
            [Handle("a")]
            public async Task OnAsync(MessageContext message)
            {
        #pragma warning disable CS4014
                {{statement}}
                await Task.Yield();
            }
            private static Task LaterAsync(MessageContext message) => message.AckAsync().AsTask();
            private static Task TextAsync(string text) => Task.FromResult(text);
        """);
}
