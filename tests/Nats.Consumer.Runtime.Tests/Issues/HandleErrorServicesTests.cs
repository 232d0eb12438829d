using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Handling;

namespace Nats.Consumer.Tests.Issues;

/// <summary>HandleErrorAsync got the services of the handler's scope, which had been disposed by then.</summary>
public class HandleErrorServicesTests
{
    [Fact]
    public async Task HandleErrorAsync_Services_AreAlive()
    {
        object? found = null;
        Lane lane = new Lane(new StubConsumer
        {
            Attempts = 1,
            OnError = (message, _, _) =>
            {
                found = message.Services.GetRequiredService<Clock>();
                return ValueTask.CompletedTask;
            },
        });
        lane.With(services => services.AddScoped<Clock>().AddScoped<FailingHandler>()).HandleScoped(Described.Class<FailingHandler>());
        await lane.ProcessAsync();
        lane.Log.Entries.ShouldNotContain(entry => entry.Text.StartsWith("HandleErrorAsync", StringComparison.Ordinal));
        found.ShouldNotBeNull();
    }

    public sealed class Clock;

    public sealed class FailingHandler(Clock clock) : ConsumerHandler
    {
        [Handle("orders.created")]
        public Task OnCreatedAsync() => throw new InvalidOperationException($"no time: {clock}");
    }
}
