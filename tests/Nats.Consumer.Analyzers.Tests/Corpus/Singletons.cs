using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddSingleton<CounterHandler>();
builder.AddNatsConsumers();
await builder.Build().RunAsync();

public class CounterConsumer : PullConsumer
{
    public override string StreamName => "counters";
}

public class CounterHandler : ConsumerHandler
{
    private long _count;

    [Handle("counters.{name}")]
    public ValueTask OnCountAsync(string name)
    {
        Interlocked.Increment(ref _count);
        return default;
    }
}
