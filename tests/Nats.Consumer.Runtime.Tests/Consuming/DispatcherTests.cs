using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Handling;

namespace Nats.Consumer.Tests.Consuming;

public class DispatcherTests
{
    [Fact]
    public async Task ProcessAsync_SeveralClasses_RunInOrderEachByItsBestPattern()
    {
        var calls = new List<string>();
        Outcome Call(MessageContext message)
        {
            calls.Add(message.Pattern);
            return Outcome.Ack;
        }

        Lane lane = new Lane()
            .Handle<int>(StubHandler<int>.On(">", Call), StubHandler<int>.On("orders.*", Call))
            .Handle<long>(StubHandler<long>.On("payments.>", Call))
            .Handle<string>(StubHandler<string>.On("orders.created", Call), StubHandler<string>.On("orders.>", Call));
        await lane.ProcessAsync("orders.created");
        calls.ShouldBe(["orders.*", "orders.created"]);
        lane.Settlements.ShouldBe(["+ACK"]);
    }

    [Fact]
    public async Task ProcessAsync_SeveralClasses_GravestOutcomeWinsAndAllRun()
    {
        int calls = 0;
        Outcome Count(Outcome outcome)
        {
            calls++;
            return outcome;
        }

        Lane lane = new Lane()
            .Handle<int>(StubHandler<int>.On(">", _ => Count(Outcome.Drop("old"))))
            .Handle<long>(StubHandler<long>.On(">", _ => Count(Outcome.DeadLetter("broken"))))
            .Handle<string>(StubHandler<string>.On(">", _ => Count(Outcome.Ack)))
            .Handle<byte>(StubHandler<byte>.On(">", _ => Count(Outcome.Retry)));
        await lane.ProcessAsync();
        calls.ShouldBe(4);
        lane.Settlements.ShouldBe(["+TERM broken"]);
    }

    [Fact]
    public async Task ProcessAsync_OneThrowsAndOneAsksForLonger_WaitsTheLongerTime()
    {
        Lane lane = new Lane()
            .Handle<int>(StubHandler<int>.On(">", _ => throw new InvalidOperationException()))
            .Handle<long>(StubHandler<long>.On(">", _ => Outcome.RetryAfter(TimeSpan.FromSeconds(30))))
            .Handle<string>(StubHandler<string>.On(">", _ => Outcome.RetryAfter(TimeSpan.Zero)));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":30000000000}"]);
    }

    [Fact]
    public async Task ProcessAsync_NoMatch_IsADeadLetter()
    {
        Lane lane = new Lane().Handle<int>(StubHandler<int>.On("payments.>", _ => Outcome.Ack));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["+TERM No handler takes 'orders.created'."]);
        lane.DeadLetters.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_NoMatchAndAFallback_AsksTheFirstOne()
    {
        var asked = new List<string>();
        Lane lane = new Lane()
            .Handle<int>(StubHandler<int>.On("payments.>", _ => Outcome.Ack))
            .HandleOrFallBack<long>((message, reason) => Ask("first", message, reason))
            .HandleOrFallBack<string>((message, reason) => Ask("second", message, reason));
        await lane.ProcessAsync();
        asked.ShouldBe(["first NoHandler orders.created ''"]);
        lane.Settlements.ShouldBe(["+ACK"]);

        ValueTask<Outcome> Ask(string who, MessageContext message, FallbackReason reason)
        {
            asked.Add($"{who} {reason} {message.Subject} '{message.Pattern}'");
            return ValueTask.FromResult(Outcome.Ack);
        }
    }

    [Fact]
    public async Task ProcessAsync_FallbackThrows_Retries()
    {
        Lane lane = new Lane().HandleOrFallBack<int>((_, _) => throw new InvalidOperationException());
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
    }

    [Fact]
    public async Task ProcessAsync_TokenMismatch_IsADeadLetterThatSaysWhy()
    {
        Lane lane = new Lane().HandleSingleton(Described.Class<Signatures<int>.All>(), new Signatures<int>.All());
        await lane.ProcessAsync("guid.abc");
        lane.Settlements.ShouldBe(["+TERM The token 'abc' of 'guid.abc' is no Guid, which '{id}' of 'guid.{id}' is bound to."]);
    }

    [Fact]
    public async Task ProcessAsync_TokenMismatchAndAFallback_AsksIt()
    {
        var handler = new Doubtful<int>.WithFallback();
        Lane lane = new Lane().HandleSingleton(Described.Class<Doubtful<int>.WithFallback>(), handler);
        await lane.ProcessAsync("orders.abc");
        handler.Reasons.ShouldBe([FallbackReason.TokenMismatch]);
        lane.Settlements.ShouldBe(["+ACK"]);
    }

    [Fact]
    public async Task ProcessAsync_UndecodablePayload_IsADeadLetterAtOnceAndTheHandlerIsNotCalled()
    {
        var handler = new Signatures<int>.All();
        Lane lane = new Lane().HandleSingleton(Described.Class<Signatures<int>.All>(), handler);
        await lane.ProcessAsync("payload", "{");
        handler.Seen.ShouldBeNull();
        lane.Settlements.Single().ShouldStartWith("+TERM The payload cannot be read as Order: ");
        lane.DeadLetters.Single().Headers!["Dead-Letter-Error"].ShouldBe("Nats.Consumer.PayloadException");
    }

    [Fact]
    public async Task ProcessAsync_ScopedHandlers_ShareOneScopeForEachMessage()
    {
        var made = new List<object>();
        Lane lane = new Lane().With(services => services.AddSingleton(made).AddScoped<Doubtful<int>.Unit>())
            .HandleScoped(Described.Class<Doubtful<int>.First>()).HandleScoped(Described.Class<Doubtful<int>.Second>());
        await lane.ProcessAsync();
        await lane.ProcessAsync();
        made.Count.ShouldBe(6); // two handlers, and what the message's own scope gives
        made[0].ShouldBeSameAs(made[1]);
        made[1].ShouldBeSameAs(made[2]);
        made[3].ShouldBeSameAs(made[5]);
        made[0].ShouldNotBeSameAs(made[3]);
        lane.Settlements.ShouldBe(["+ACK", "+ACK"]);
    }

    [Fact]
    public async Task ProcessAsync_ServiceFailsWhenItsScopeEnds_IsAFailureOfTheHandler()
    {
        Lane lane = new Lane().With(services => services.AddScoped<Doubtful<int>.Uncommitted>()).HandleScoped(Described.Class<Doubtful<int>.Commits>());
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
        lane.Log.Entries.Single().Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("cannot commit");
    }

    [Fact]
    public async Task ProcessAsync_HandlerCannotBeMade_Retries()
    {
        Lane lane = new Lane().HandleScoped(Described.Class<Doubtful<int>.Commits>());
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
    }

    [Fact]
    public async Task ProcessAsync_WiderFilterThanWanted_AcknowledgesTheRestUnseen()
    {
        var seen = new List<string>();
        Lane lane = new Lane { WantedSubjects = ["orders.created", "payments.>"] }.Handle(message =>
        {
            seen.Add(message.Subject);
            return Outcome.Retry;
        });
        foreach (string subject in new[] { "orders.created", "orders.deleted", "payments.x.y" })
            await lane.ProcessAsync(subject);
        seen.ShouldBe(["orders.created", "payments.x.y"]);
        lane.Settlements[1].ShouldBe("+ACK");
    }
}
