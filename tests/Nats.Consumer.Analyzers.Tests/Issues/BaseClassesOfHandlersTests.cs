using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0306 wanted a handler class removed from which one derives that a consumer calls.</summary>
public class BaseClassesOfHandlersTests
{
    private static readonly string Middle = Code.HandleNamed("Middle", "\"orders.a\"");

    [Fact]
    public Task BaseOfAHandlerThatIsCalled_DoesNotTrigger() => Verify.Rule("NATS0306").InApplication().Reports(Code.Main, Middle, "public class Last : Middle;", Consumer("Last"));

    [Fact]
    public Task ClassThatDerivesFromIt_Triggers() => Verify.Rule("NATS0306").InApplication().Reports(Code.Main, Middle, "public class [|Last|] : Middle;", Consumer("Middle"));

    private static string Consumer(string handler) => Code.ConsumerWith($"public override IReadOnlyList<Type> Handlers => [typeof({handler})];");
}
