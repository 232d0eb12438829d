#pragma warning disable NATS0601, NATS0608 // The tests are about them.
#pragma warning disable CA1707, CA1822, IDE1006 // Names are what the tests are about.
using Nats.Consumer.Handling;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Tests.Migration;

/// <summary>Which method a class calls for each subject of its list.</summary>
public class ConventionTableTests
{
    [Fact]
    public void Spellings_OfCSharpAreFound_AndThatOfVersion1Wins()
    {
        ConventionTable table = ConventionTable.Of(typeof(Spelled), ["orders.created", "orders.updated", "orders.deleted", "orders.shipped"]);
        Calls(table).ShouldBe(["orders.created: handle_created", "orders.updated: HandleUpdatedAsync", "orders.deleted: Handle_Deleted", "orders.shipped: HandleShipped"]);
        table.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Collisions_StayRouted() =>
        Calls(ConventionTable.Of(typeof(Spelled), ["orders.created", "users.created", "orders-created", "orders_created"]))
            .ShouldBe(["orders.created: handle_created", "users.created: handle_created", "orders-created: handle_created", "orders_created: handle_created"]);

    [Fact]
    public void WhatHasNoMethod_IsMissing_OnceAndInOrder()
    {
        ConventionTable table = ConventionTable.Of(typeof(Spelled), ["orders.gone", "users.gone", "orders.*", "user:availed", "orders..x", "orders.created"]);
        table.Missing.ShouldBe(["handle_gone", "handle_user:availed", "handle__x"]);
        Calls(table).ShouldBe(["orders.created: handle_created"]);
    }

    [Fact]
    public void WhatCannotBeCalled_IsNoHandler() => ConventionTable.Of(typeof(Helpers), ["a.void", "a.static", "a.generic", "a.number"]).Routed.ShouldBeEmpty();

    [Fact]
    public void Router_IsNoHandler_UnlessItIsSpelledLikeOne()
    {
        ConventionTable.Of(typeof(Routers), ["orders.async"]).Routed.ShouldBeEmpty();
        Calls(ConventionTable.Of(typeof(Routers), ["orders.error"])).ShouldBe(["orders.error: handle_error"]);
    }

    [Fact]
    public void Overloads_TheOneThatTakesMost() => ConventionTable.Of(typeof(Overloaded), ["a.one"]).Routed.Single().Candidates.Single().Parameters.ShouldBe(2);

    [Fact]
    public void TwoMethods_OfOneMeaning_AreRefused() => Should.Throw<ConsumerConfigurationException>(() => ConventionTable.Of(typeof(Twice), ["a.one"])).Message
        .ShouldBe("Twice: 'a.one' may mean Twice.HandleOne or Twice.HandleOneAsync. Name the one that is meant handle_one, or mark it with [Handle(\"a.one\")].");

    [Fact]
    public void Inherited_AndOverridden_AreCalled()
    {
        Calls(ConventionTable.Of(typeof(Derived), ["a.one", "a.two"])).ShouldBe(["a.one: handle_one", "a.two: handle_two"]);
        ConventionTable.Of(typeof(Derived), ["a.one"]).Routed.Single().Candidates.Single().Method.DisplayName.ShouldBe("Derived.handle_one");
    }

    [Fact]
    public void Attribute_WinsOverTheList()
    {
        HandlerClass described = ConventionCatalog.Describe(typeof(HalfWay), ReflectionCatalog.DescribeType(typeof(HalfWay)), ConventionTable.Of(typeof(HalfWay), ["a.one", "b.one"]));
        described.Routes.Routes.Select(route => $"{route.Pattern.Text}: {route.Method.DisplayName}").ShouldBe(["a.one: HalfWay.OnOneAsync", "b.one: HalfWay.handle_one"]);
        described.OverridesFallback.ShouldBeTrue();
    }

    [Fact]
    public void RetryMembers_MeanWhatTheyMeantInVersion1()
    {
        var consumer = new Defaults();
        consumer.MaxDeliver.ShouldBe(4);
        consumer.BackoffDelays.Select(delay => delay.TotalSeconds).ShouldBe([1, 2, 4]);
        var capped = new Capped();
        capped.MaxDeliver.ShouldBe(6);
        capped.BackoffDelays.Select(delay => delay.TotalSeconds).ShouldBe([0.5, 1.5, 4.5, 5, 5]);
        Enumerable.Range(1, 5).Select(attempt => capped.Retry.DelayAfter(attempt, 0.5).TotalSeconds).ShouldBe([0.5, 1.5, 4.5, 5, 5]);
        new Never().MaxDeliver.ShouldBe(1);
        new Never().BackoffDelays.ShouldBeEmpty();
    }

    private static IEnumerable<string> Calls(ConventionTable table) => table.Routed.Select(route => $"{route.Subject}: {route.Candidates[0].Name}");

    private sealed class Spelled() : ConventionHandler("x")
    {
        public Task handle_created(MessageContext message) => Task.CompletedTask;

        public Task HandleCreatedAsync(MessageContext message) => Task.CompletedTask;

        public Task HandleUpdatedAsync(MessageContext message) => Task.CompletedTask;

        private Task Handle_Deleted() => Task.CompletedTask;

        public ValueTask<Outcome> HandleShipped(MessageContext message, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
    }

    private sealed class Helpers() : ConventionHandler("x")
    {
        public void handle_void(MessageContext message) => _ = message;

        public static Task handle_static() => Task.CompletedTask;

        public Task handle_generic<T>(T value) => value is null ? Task.CompletedTask : Task.FromResult(value);

        public int handle_number() => 1;
    }

    private sealed class Routers() : ConventionHandler("x")
    {
        public Task handle_error() => Task.CompletedTask;

        public Task HandleErrorAsync() => Task.CompletedTask;
    }

    private sealed class Overloaded() : ConventionHandler("x")
    {
        public Task handle_one(MessageContext message) => Task.CompletedTask;

        public Task handle_one(MessageContext message, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Twice() : ConventionHandler("x")
    {
        public Task HandleOne() => Task.CompletedTask;

        public Task HandleOneAsync() => Task.CompletedTask;
    }

    private abstract class Base() : ConventionHandler("x")
    {
        public virtual Task handle_one() => Task.CompletedTask;

        public Task handle_two() => Task.CompletedTask;
    }

    private sealed class Derived : Base
    {
        public override Task handle_one() => Task.CompletedTask;
    }

    private sealed class HalfWay() : ConventionHandler("x")
    {
        [Handle("a.one")]
        public Task OnOneAsync() => Task.CompletedTask;

        public Task handle_one() => Task.CompletedTask;
    }

    private sealed class Defaults : ConventionPullConsumer
    {
        public override string StreamName => "orders";
    }

    private sealed class Capped : ConventionPushConsumer
    {
        public override string StreamName => "orders";

        public override int MaxRetries => 5;

        public override double InitialRetryDelay => 0.5;

        public override double BackoffFactor => 3;

        public override double MaxRetryDelay => 5;
    }

    private sealed class Never : ConventionPullConsumer
    {
        public override string StreamName => "orders";

        public override int MaxRetries => 0;
    }
}
