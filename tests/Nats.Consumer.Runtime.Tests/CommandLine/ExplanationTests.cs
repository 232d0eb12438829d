using Nats.Consumer.CommandLine;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.CommandLine;

/// <summary>What explain says of a subject is what the dispatcher would do with it.</summary>
public class ExplanationTests
{
    [Fact]
    public void Subject_SeveralPatternsMatch_NamesTheMostSpecificItsTokensAndTheRest()
    {
        Explanation explanation = Explain(new StubConsumer(), "orders.42.shipped", typeof(Shipping));

        ExplainedCall call = explanation.Calls.ShouldHaveSingleItem();
        (call.Handler, call.Pattern, call.Payload).ShouldBe(("Shipping.OnShippedAsync", "orders.{id}.shipped", "Int32"));
        call.Tokens.ShouldBe([KeyValuePair.Create("id", "42")]);
        call.Others.ShouldBe(["orders.*.*", "orders.>"]);
    }

    [Fact]
    public void Subject_SeveralClasses_AreCalledInOrder() =>
        Explain(new StubConsumer(), "orders.42.shipped", typeof(Everything), typeof(Shipping)).Calls.Select(call => call.Handler).ShouldBe(["Everything.OnAnyAsync", "Shipping.OnShippedAsync"]);

    [Fact]
    public void Subject_NoPatternAndAFallback_GoesThere()
    {
        ExplainedCall call = Explain(new StubConsumer(), "payments.received", typeof(WithFallback)).Calls.ShouldHaveSingleItem();
        (call.Handler, call.Pattern).ShouldBe(("WithFallback.FallbackAsync", null));
    }

    [Theory]
    [InlineData("payments.x", "the consumer takes orders.>")]
    [InlineData("orders.x", "no handler has a pattern for it, so it is not asked for (orders.a is)")]
    public void Subject_NotTaken_SaysWhy(string subject, string why)
    {
        Explanation explanation = Explain(new StubConsumer { Takes = ["orders.>"] }, subject, typeof(OnlyA));

        explanation.IsTaken.ShouldBeFalse();
        explanation.WhyNot(subject).ShouldBe(why);
    }

    private static Explanation Explain(StubConsumer consumer, string subject, params Type[] handlers) =>
        Explanation.Of(ConsumerPlan.For(new StubConsumer { Takes = consumer.Takes, HandlerTypes = handlers }, new ReflectedCatalog(handlers), "tests"), subject);

    private sealed class ReflectedCatalog(Type[] types) : IHandlerCatalog
    {
        public IReadOnlyList<Type> HandlerTypes => types;

        public IReadOnlyList<Type> ConsumerTypes => [];

        public HandlerClass Describe(Type handlerType) => ReflectionCatalog.DescribeType(handlerType);
    }

    public sealed class Shipping : ConsumerHandler
    {
        [Handle("orders.{id}.shipped")]
        public Task OnShippedAsync(int payload, string id) => Task.FromResult((payload, id, this));

        [Handle("orders.*.*")]
        public Task OnTwoAsync() => Task.FromResult(this);

        [Handle("orders.>")]
        public Task OnOrderAsync() => Task.FromResult(this);
    }

    public sealed class Everything : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAnyAsync() => Task.FromResult(this);
    }

    public sealed class OnlyA : ConsumerHandler
    {
        [Handle("orders.a")]
        public Task OnAAsync() => Task.FromResult(this);
    }

    public sealed class WithFallback : ConsumerHandler
    {
        [Handle("orders.a")]
        public Task OnAAsync() => Task.FromResult(this);

        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
    }
}
