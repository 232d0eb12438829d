using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class MiddlewareTests
{
    private readonly List<string> _calls = [];

    [Fact]
    public async Task Several_FirstIsOutermost()
    {
        Lane lane = Make(typeof(Outer), typeof(Inner)).Handle(_ =>
        {
            _calls.Add("handler");
            return Outcome.Ack;
        });
        await lane.ProcessAsync();
        _calls.ShouldBe(["outer>", "inner>", "handler", "<inner Ack", "<outer Ack"]);
        lane.Settlements.ShouldBe(["+ACK"]);
    }

    [Fact]
    public async Task Handler_Throws_PassesThroughAndIsTheVerdict()
    {
        var error = new InvalidOperationException("no way");
        Lane lane = Make(typeof(Outer), typeof(Inner)).Handle(_ => throw error);
        await lane.ProcessAsync(delivered: 3);
        _calls.ShouldBe(["outer>", "inner>", "<inner InvalidOperationException", "<outer InvalidOperationException"]);
        lane.DeadLetters.Single().Headers!["Dead-Letter-Reason"].ShouldBe("no way");
        lane.Log.Entries.ShouldContain(entry => entry.Exception == error);
    }

    [Fact]
    public async Task Middleware_DoesNotGoOn_IsTheOutcome()
    {
        Lane lane = Make(typeof(Outer), typeof(ShortCircuit)).Handle(_ => throw new InvalidOperationException("not reached"));
        await lane.ProcessAsync();
        _calls.ShouldBe(["outer>", "<outer Drop"]);
        lane.Settlements.ShouldBe(["+TERM not today"]);
    }

    [Fact]
    public async Task Middleware_CatchesWhatTheHandlerThrows_IsTheOutcome()
    {
        Lane lane = Make(typeof(Forgiving)).Handle(_ => throw new InvalidOperationException("no way"));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["+ACK"]);
    }

    [Fact]
    public async Task Middleware_Throws_IsJudgedAsTheHandlersErrorsAre()
    {
        Lane lane = Make(typeof(Failing)).Handle(_ => Outcome.Ack);
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
    }

    [Fact]
    public async Task Services_AreThoseOfTheMessagesScope()
    {
        Lane lane = Make(typeof(Outer), typeof(Scoped)).With(services => services.AddScoped<Scope>()).Handle(message =>
        {
            _calls.Add(message.Services.GetRequiredService<Scope>().Name);
            return Outcome.Ack;
        });
        await lane.ProcessAsync();
        await lane.ProcessAsync();
        _calls.ShouldBe(["outer>", "marked", "<outer Ack", "outer>", "marked", "<outer Ack"]);
    }

    [Fact]
    public async Task Handler_ToldToStop_PassesThroughAndIsHandedBack()
    {
        using var abort = new CancellationTokenSource();
        Lane lane = Make(typeof(Outer)).Handle((_, cancellationToken) =>
        {
            abort.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Outcome.Ack);
        });
        (await lane.ProcessAsync(lane.Message(), abort.Token)).ShouldBeFalse();
        _calls.ShouldBe(["outer>", "<outer OperationCanceledException"]);
        lane.Settlements.ShouldBe(["-NAK"]);
    }

    [Fact]
    public async Task Retries_OfTheHandlers_KeepTheirDelay()
    {
        Lane lane = Make(typeof(Outer)).Handle(_ => Outcome.RetryAfter(TimeSpan.FromSeconds(42)));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":42000000000}"]);
    }

    private Lane Make(params Type[] middleware) => new Lane { Middleware = middleware }.With(services =>
    {
        services.AddSingleton(_calls);
        foreach (Type type in middleware)
            services.AddScoped(type);
    });

    private sealed class Scope
    {
        public string Name { get; set; } = "not marked";
    }

    private abstract class Talking(List<string> calls, string name) : IConsumerMiddleware
    {
        public async ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
        {
            calls.Add($"{name}>");
            try
            {
                Outcome outcome = await next(message, cancellationToken);
                calls.Add($"<{name} {outcome.Kind}");
                return outcome;
            }
            catch (Exception e)
            {
                calls.Add($"<{name} {e.GetType().Name}");
                throw;
            }
        }
    }

    private sealed class Outer(List<string> calls) : Talking(calls, "outer");

    private sealed class Inner(List<string> calls) : Talking(calls, "inner");

    private sealed class ShortCircuit : IConsumerMiddleware
    {
        public ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Drop("not today"));
    }

    private sealed class Forgiving : IConsumerMiddleware
    {
        public async ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
        {
            try
            {
                return await next(message, cancellationToken);
            }
            catch (InvalidOperationException)
            {
                return Outcome.Ack;
            }
        }
    }

    private sealed class Failing : IConsumerMiddleware
    {
        public async ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
        {
            await next(message, cancellationToken);
            throw new InvalidOperationException("the transaction did not commit");
        }
    }

    private sealed class Scoped(Scope scope) : IConsumerMiddleware
    {
        public ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
        {
            scope.Name = "marked";
            return next(message, cancellationToken);
        }
    }
}
