using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers(nats => nats.AddConsumer<SignupConsumer>());
return await builder.Build().RunNatsAsync(args);

public sealed class SignupConsumer : PullConsumer
{
    public override string StreamName => "signups";

    // In this order, for each message.
    public override IReadOnlyList<Type> Handlers => [typeof(Validation), typeof(Welcome), typeof(Statistics)];
}

public sealed class Validation : ConsumerHandler
{
    [Handle("signups.completed")]
    public Task<Outcome> OnCompletedAsync(Signup signup) => Task.FromResult(signup.Mail.Contains('@') ? Outcome.Ack : Outcome.DeadLetter("no address"));

    [Handle("signups.aborted")]
    public Task OnAbortedAsync() => Task.CompletedTask;
}

public sealed class Welcome : ConsumerHandler
{
    [Handle("signups.completed")]
    public Task OnCompletedAsync(Signup signup) => Task.CompletedTask;
}

public sealed class Statistics : ConsumerHandler
{
    [Handle("signups.*")]
    public Task OnAnyAsync() => Task.CompletedTask;
}

public sealed record Signup(string Mail);
