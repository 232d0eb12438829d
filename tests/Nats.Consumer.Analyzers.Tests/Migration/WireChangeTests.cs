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
            Code.Stream("[\"orders-created\", \"others.>\"]"),
            Code.Consumer("[\"orders-created\"]"),
            "public static class Made { public static ConsumerConfig Filter() => new() { FilterSubjects = [\"orders-created\", \"other\"] }; }",
            Code.Publish("\"orders.created\"").Replace("Publisher", "Another", StringComparison.Ordinal));
        found.Single().GetMessage().ShouldBe(
            "Changing 'orders-created' to 'orders.created' is a change on the wire. In this project it is captured by a stream (Test2.cs:3), in a filter (Test4.cs:1), published (Test1.cs:3), taken by a consumer (Test3.cs:4); "
            + "that must follow, and so must other projects and services.");
        found.Single().AdditionalLocations.Count.ShouldBe(4);
    }

    /// <summary>A list that is passed on later, a constant, a key: nothing says that these are subjects, but whoever changes the subject must look at them.</summary>
    [Fact]
    public async Task SameTextWhereNothingSaysThatItIsASubject_IsPointedAt()
    {
        var found = await Verify.Rule("NATS0610").Reports(
            Code.Handle("[|\"orders-created\"|]"),
            Code.Publish("\"orders-created\""),
            """
            public class Later(IJetStream jetStream)
            {
                private const string Created = "orders-created";
                private static readonly string[] Subjects = ["orders-updated", "orders-created"];
                public async Task RunAsync(Dictionary<string, int> counts)
                {
                    counts["orders-created"] = 1;
                    counts["an orders-created"] = counts["orders.orders-created"] = 2;
                    foreach (var subject in Subjects)
                        await jetStream.PublishAsync(subject, "x");
                }
            }
            """);
        found.Single().GetMessage().ShouldBe(
            "Changing 'orders-created' to 'orders.created' is a change on the wire. In this project it is published (Test1.cs:3); that must follow, and so must other projects and services. "
            + "No rule knows what the same text is in Test2.cs:3, Test2.cs:4, Test2.cs:7: change it there, too, where it is the subject.");
        found.Single().AdditionalLocations.Count.ShouldBe(4);
    }

    [Fact]
    public Task SubjectOfAConstant_PointsAtTheConstant() => Verify.Rule("NATS0610").Says(
        "Changing 'a_b' to 'a.b' is a change on the wire. No rule knows what the same text is in Test1.cs:1: change it there, too, where it is the subject.",
        Code.Handle("[|Topics.Ab|]"),
        "public static class Topics { public const string Ab = \"a_b\"; }");

    [Fact]
    public Task WhatTakesBoth_IsNotTouched() => Verify.Rule("NATS0610").Says(
        "Changing 'a_b' to 'a.b' is a change on the wire. Nothing else in this project uses the subject: look where it is published and captured.",
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

    /// <summary>The command line takes the first fix, and knows no other.</summary>
    [Fact]
    public Task Bridge_ByOption_IsTheFixAndTheOnlyOne() => Verify.Rule("NATS0101").With("nats_toolkit.separator_fix = bridge").Fixes(
        [Code.Publish("[|\"orders-created\"|]"), Code.Handle("[|\"orders-created\"|], \"x\""), Code.Consumer("[[|\"orders-created\"|]]")],
        [Code.Publish("[|\"orders-created\"|]"), Code.Handle("\"orders.created\", \"orders-created\", \"x\""), Code.Consumer("[\"orders.created\", \"orders-created\"]")]);

    [Theory]
    [InlineData("replace")]
    [InlineData("whatever")]
    public Task AnotherOption_Replaces(string form) =>
        Verify.Rule("NATS0101").With($"nats_toolkit.separator_fix = {form}").Fixes(Code.Handle("[|\"orders-created\"|]"), Code.Handle("\"orders.created\""));

    /// <summary>Were the old one changed with the publishers, what is stored of it, and what others publish, would not be taken any more.</summary>
    [Fact]
    public Task SubjectBesideAPatternThatTakesItsSuccessor_IsABridge() => Task.WhenAll(
        Verify.Rule("NATS0101").Reports(Code.Stream("[\"orders-created\", \"orders.>\"]"), Code.Consumer("[\"orders.*\", \"orders-created\"]"), Code.Handle("\"orders-created\", \"*.created\"")),
        Verify.Rule("NATS0101").Reports(Code.Stream("[[|\"orders-created\"|], \"orders.created.>\"]")),
        Verify.Rule("NATS0610").Says(
            "Changing 'orders-created' to 'orders.created' is a change on the wire. Nothing else in this project uses the subject: look where it is published and captured.",
            Code.Handle("[|\"orders-created\"|]"),
            Code.Stream("[\"orders-created\", \"orders.>\"]")),
        Verify.Rule("NATS0611").Says(
            "'orders-created' bridges to 'orders.>', which stands beside it. Remove it when nobody publishes it any more and what is stored of it is handled.",
            Code.Stream("[[|\"orders-created\"|], \"orders.>\"]")),
        Verify.Rule("NATS0611").Fixes(Code.Consumer("[[|\"orders-created\"|], \"orders.>\"]"), Code.Consumer("[\"orders.>\"]")));

    [Fact]
    public Task Bridge_OfAnotherSeparator_IsBuiltOnceAndEnds()
    {
        const string Options = "nats_toolkit.forbidden_separators = +\nnats_toolkit.separator_fix = bridge";
        return Task.WhenAll(
            Verify.Rule("NATS0101").With(Options).Fixes(Code.Handle("[|\"a+b\"|]"), Code.Handle("\"a.b\", \"a+b\"")),
            Verify.Rule("NATS0611").With(Options).Fixes(Code.Handle("\"a.b\", [|\"a+b\"|]"), Code.Handle("\"a.b\"")));
    }

    [Fact]
    public Task Bridge_IsNoMoreWrong() => Verify.Rule("NATS0101").Reports(Code.Handle("\"orders.created\", \"orders-created\""));

    [Fact]
    public Task Bridge_Ends() => Verify.Rule("NATS0611").Fixes(
        [Code.Handle("\"orders.created\", [|\"orders-created\"|]"), Code.Consumer("[[|\"a_b\"|], \"a.b\", \"c\"]")],
        [Code.Handle("\"orders.created\""), Code.Consumer("[\"a.b\", \"c\"]")]);

    [Fact]
    public Task AllowedSubjectBesideItsDots_IsNoBridge() => Verify.Rule("NATS0611").With("nats_toolkit.allowed_subjects = orders-created").Reports(Code.Handle("\"orders.created\", \"orders-created\""));

    [Fact]
    public Task Bridge_SaysWhen() => Verify.Rule("NATS0611").Says(
        "'orders-created' bridges to 'orders.created', which stands beside it. Remove it when nobody publishes it any more and what is stored of it is handled.",
        Code.Handle("\"orders.created\", [|\"orders-created\"|]"));
}
