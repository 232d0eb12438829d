using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The initializer of a property counted although a constructor gives it another value; a getter with a return statement did not count.</summary>
public class PropertiesThatConstructorsSetTests
{
    [Theory]
    [InlineData("MaxDeliver = attempts;")]
    [InlineData("this.MaxDeliver = attempts;")]
    [InlineData("(MaxDeliver, _) = (attempts, 1);")]
    public Task SetByAConstructor_DoesNotTrigger(string body) => Verify.Rule("NATS0513").Reports(
        Code.ConsumerWith($"public OrderConsumer(int attempts) {{ {body} }} public override int MaxDeliver {{ get; }} = 0;"));

    [Fact]
    public Task NotSetByAConstructor_Triggers() => Verify.Rule("NATS0513").Reports(
        Code.ConsumerWith("public OrderConsumer(int attempts) { Concurrency = attempts; } public override int Concurrency { get; } = 1; public override int MaxDeliver { get; } = [|0|];"));

    [Fact]
    public Task GetterWithAReturn_Triggers() => Verify.Rule("NATS0513").Reports(Code.ConsumerWith("public override int MaxDeliver { get { return [|0|]; } }"));

    [Fact]
    public Task GetterWithMore_DoesNotTrigger() => Verify.Rule("NATS0513").Reports(Code.ConsumerWith("public override int MaxDeliver { get { if (StreamName == \"\") return 1; return 0; } }"));
}
