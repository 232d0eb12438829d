namespace Nats.Consumer.Tests.Handling;

public class IllegalSignatureTests
{
    private const string Shape =
        ". A handler is an instance method that returns Task, ValueTask, Task<Outcome> or ValueTask<Outcome>, and takes a payload, a MessageContext, a CancellationToken and one "
        + "parameter per {token}, each at most once; or it takes batches, an IReadOnlyList<Message<T>> or IReadOnlyList<MessageContext> and a CancellationToken, and returns Task, ValueTask, Task<IReadOnlyList<Outcome>> or ValueTask<IReadOnlyList<Outcome>>.";

    [Fact]
    public void Describe_Static_IsRefused() => Described.Refused<Illegal<int>.Static>().ShouldBe("Static.OnAsync is static" + Shape);

    [Fact]
    public void Describe_Generic_IsRefused() => Described.Refused<Illegal<int>.Generic>().ShouldBe("Generic.OnAsync is generic" + Shape);

    [Fact]
    public void Describe_Void_IsRefused() => Described.Refused<Illegal<int>.Void>().ShouldBe("Void.On returns void" + Shape);

    [Fact]
    public void Describe_AsyncVoid_IsRefused() => Described.Refused<Illegal<int>.AsyncVoid>().ShouldBe("AsyncVoid.On returns void" + Shape);

    [Fact]
    public void Describe_TaskOfSomethingElse_IsRefused() => Described.Refused<Illegal<int>.TaskOfInt>().ShouldBe("TaskOfInt.OnAsync returns Task<Int32>" + Shape);

    [Fact]
    public void Describe_BareOutcome_IsRefused() => Described.Refused<Illegal<int>.BareOutcome>().ShouldBe("BareOutcome.On returns Outcome" + Shape);

    [Fact]
    public void Describe_TwoPayloads_IsRefused() => Described.Refused<Illegal<int>.TwoPayloads>().ShouldBe(
        "TwoPayloads.OnAsync takes two payloads, 'order' and 'orderId' (a token parameter has the name of its {token})" + Shape);

    [Fact]
    public void Describe_ByReference_IsRefused()
    {
        Described.Refused<Illegal<int>.ByRef>().ShouldBe("ByRef.OnAsync takes 'payload' by reference" + Shape);
        Described.Refused<Illegal<int>.ByIn>().ShouldBe("ByIn.OnAsync takes 'message' by reference" + Shape);
        Described.Refused<Illegal<int>.ByOut>().ShouldBe("ByOut.OnAsync takes 'payload' by reference" + Shape);
        Described.Refused<Illegal<int>.OnlyByRefLike>().ShouldBe("OnlyByRefLike.OnAsync takes 'payload' by reference" + Shape);
    }

    [Fact]
    public void Describe_SameThingTwice_IsRefused()
    {
        Described.Refused<Illegal<int>.TwoContexts>().ShouldBe("TwoContexts.OnAsync takes the MessageContext twice" + Shape);
        Described.Refused<Illegal<int>.TwoCancellations>().ShouldBe("TwoCancellations.OnAsync takes the CancellationToken twice" + Shape);
    }

    [Fact]
    public void Describe_TokenOfATypeThatCannotBeParsed_IsRefused()
    {
        const string Why = ", which cannot be read from text (it is neither string nor ISpanParsable)";
        Described.Refused<Illegal<int>.Unparsable>().ShouldBe("Unparsable.OnAsync binds the token '{id}' to Uri" + Why + Shape);
        Described.Refused<Illegal<int>.UnparsableEnum>().ShouldBe("UnparsableEnum.OnAsync binds the token '{day}' to DayOfWeek" + Why + Shape);
        Described.Refused<Illegal<int>.UnparsableNullable>().ShouldBe("UnparsableNullable.OnAsync binds the token '{id}' to Guid?" + Why + Shape);
        Described.Refused<Illegal<int>.UnparsableDerived>().ShouldBe("UnparsableDerived.OnAsync binds the token '{id}' to ParsableByItsBaseOnly" + Why + Shape);
    }

    [Fact]
    public void Describe_ParameterMissingInOnePattern_IsRefused() => Described.Refused<Illegal<int>.MissingInOne>().ShouldBe(
        "MissingInOne.OnAsync: the parameter 'id' is no token of 'b.*'. Write it into the pattern as '{id}', or take the parameter away.");

    [Fact]
    public void Describe_InvalidPattern_SaysWhere() => Described.Refused<Illegal<int>.BadPattern>().ShouldBe(
        "BadPattern.OnAsync: Subject 'a.>.b' goes on after the '>' at position 2. Use '*' to take one token, or end the subject with '>'.");

    [Fact]
    public void Describe_NoSubject_IsRefused() => Described.Refused<Illegal<int>.NoSubject>().ShouldBe(
        "NoSubject.OnAsync: [Handle] names no subject. Give it one, as in [Handle(\"orders.created\")].");

    [Fact]
    public void Describe_Duplicate_NamesBothMethods() => Described.Refused<Illegal<int>.Duplicate>().ShouldBe(
        "Duplicate.OnSecondAsync handles 'a.*' and Duplicate.OnFirstAsync handles 'a.{id}', which are the same subjects. "
        + "Within a class each subject has one handler: remove one [Handle], or change its subject.");

    [Fact]
    public void Describe_SubjectTwiceInOneMethod_IsRefused()
    {
        Described.Refused<Illegal<int>.Restates>().ShouldBe("Restates.OnAsync handles 'a' twice. State each subject once; an override has the [Handle] of what it overrides.");
        Described.Refused<Illegal<int>.TwoAttributes>().ShouldBe("TwoAttributes.OnAsync handles 'a' twice. State each subject once; an override has the [Handle] of what it overrides.");
    }

    [Fact]
    public void Describe_NothingToCall_IsRefused() => Described.Refused<Illegal<int>.Nothing>().ShouldBe(
        "Nothing has no method with [Handle] and does not override FallbackAsync, so it would never be called. Mark its methods with [Handle(\"a.subject\")].");
}
