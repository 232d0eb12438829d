using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>What a change of separators touches, and the bridge on which both subjects work for a while.</summary>
public class WireChangeTests
{
    [Fact]
    public async Task PublishersStreamsAndFilters_AreCounted()
    {
        var found = await Verify.Rule("NATS0610").Reports(
            Code.Handle("[|\"orders-created\"|]"),
            Code.Publish("\"orders-created\""),
            Code.Stream("[\"orders-created\", \"orders.>\"]"),
            Code.Consumer("[\"orders-created\"]"),
            "public static class Made { public static ConsumerConfig Filter() => new() { FilterSubjects = [\"orders-created\", \"other\"] }; }",
            Code.Publish("\"orders.created\"").Replace("Publisher", "Another", StringComparison.Ordinal));
        found.Single().GetMessage().ShouldBe(
            "Changing 'orders-created' to 'orders.created' touches more than this handler: it is captured by a stream (Test2.cs:3), it is in a filter (Test4.cs:1), it is published (Test1.cs:3), it is taken by a consumer (Test3.cs:4). "
            + "Other projects and services that use the subject must follow, too.");
        found.Single().AdditionalLocations.Count.ShouldBe(4);
    }

    [Fact]
    public Task WhatTakesBoth_IsNotTouched() => Verify.Rule("NATS0610").Says(
        "Changing 'a_b' to 'a.b' touches more than this handler: nothing in this project, so look where the subject is published and captured.",
        Code.Handle("[|\"a_b\"|]"),
        Code.Consumer("[\">\"]"));

    [Fact]
    public Task DottedSubject_TouchesNothing() => Verify.Rule("NATS0610").Reports(Code.Handle("\"a.b\""), Code.Handle("\"x.y-z\"").Replace("OrderHandler", "Other", StringComparison.Ordinal));

    [Fact]
    public async Task Bridge_TakesBothInHandlersAndLists()
    {
        string[] after =
        [
            Code.Handle("\"orders.created\", \"orders-created\", \"x\""),
            Code.Consumer("[\"orders.created\", \"orders-created\"]"),
            Code.Stream("new[] { \"orders.created\", \"orders-created\" }"),
            Code.Publish("[|\"orders-created\"|]"),
        ];
        await Verify.Rule("NATS0101").Offering("NATS0101_Bridge").Fixes(
            [Code.Handle("[|\"orders-created\"|], \"x\""), Code.Consumer("[[|\"orders-created\"|]]"), Code.Stream("new[] { [|\"orders-created\"|] }"), Code.Publish("[|\"orders-created\"|]")],
            after);
    }

    [Fact]
    public Task Bridge_IsNoMoreWrong() => Verify.Rule("NATS0101").Reports(Code.Handle("\"orders.created\", \"orders-created\""));

    [Fact]
    public Task Bridge_Ends() => Verify.Rule("NATS0611").Fixes(
        [Code.Handle("\"orders.created\", [|\"orders-created\"|]"), Code.Consumer("[[|\"a_b\"|], \"a.b\", \"c\"]")],
        [Code.Handle("\"orders.created\""), Code.Consumer("[\"a.b\", \"c\"]")]);

    [Fact]
    public Task Bridge_SaysWhen() => Verify.Rule("NATS0611").Says(
        "'orders-created' bridges to 'orders.created', which stands beside it. Remove it when nobody publishes it any more and what is stored of it is handled.",
        Code.Handle("\"orders.created\", [|\"orders-created\"|]"));
}
