using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class OrderByWithoutTokenTests
{
    private static Verify Rule => Verify.Rule("NATS0516");

    [Fact]
    public Task SubjectWithoutTheToken_TriggersInTheRuntimesWords() => Rule.Says(
        "OrderBy is 'customer', and 'orders.*.>' of Subjects has no token '{customer}'. Write the token into each pattern, as in \"orders.{customer}.>\".",
        Consumer("[|\"customer\"|]", "[\"users.{customer}\", \"orders.*.>\"]"));

    [Theory]
    [InlineData("\"customer\"", "[\"users.{customer}\", \"orders.{customer}.>\"]")]
    [InlineData("null", "[\"orders.*.>\"]")]
    [InlineData("\"customer\"", "[Environment.MachineName]")]
    [InlineData("Environment.MachineName", "[\"orders.*.>\"]")]
    public Task TokenOrNoneOrUnknown_DoesNotTrigger(string token, string subjects) => Rule.Reports(Consumer(token, subjects));

    [Fact]
    public Task DefaultSubjects_HaveNoToken() => Rule.Reports(Code.ConsumerWith("public override string OrderBy => [|nameof(Environment)|];"));

    private static string Consumer(string token, string subjects) =>
        Code.ConsumerWith($"public override string? OrderBy => {token}; public override IReadOnlyList<string> Subjects => {subjects};");
}
