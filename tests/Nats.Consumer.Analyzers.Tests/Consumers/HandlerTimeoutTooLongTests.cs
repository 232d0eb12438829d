using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class HandlerTimeoutTooLongTests
{
    private static Verify Rule => Verify.Rule("NATS0517");

    [Fact]
    public Task LongerThanTheServerIsTold_Triggers() => Rule.Says(
        "HandlerTimeout is 01:00:00, but the server delivers the message again after 00:10:30 (MaxAckExtension 00:10:00 and one AckWait), while the handler may still be running. "
            + "Raise MaxAckExtension, or shorten HandlerTimeout.",
        Code.ConsumerWith("public override TimeSpan? HandlerTimeout => [|TimeSpan.FromHours(1)|];"));

    [Theory]
    [InlineData("TimeSpan.FromMinutes(1)", "TimeSpan.Zero", "TimeSpan.FromSeconds(59)")]
    [InlineData("TimeSpan.MaxValue", "TimeSpan.FromDays(1)", "TimeSpan.FromSeconds(59)")]
    public Task ExtensionAndAckWait_Count(string timeout, string extension, string ackWait) => Rule.Reports(Consumer($"[|{timeout}|]", extension, ackWait));

    [Theory]
    [InlineData("TimeSpan.FromMinutes(10)", "TimeSpan.FromMinutes(10)", "TimeSpan.FromSeconds(5)")]
    [InlineData("TimeSpan.FromMinutes(1)", "TimeSpan.Zero", "TimeSpan.FromMinutes(2)")]
    [InlineData("TimeSpan.FromHours(1)", "TimeSpan.MaxValue", "TimeSpan.MaxValue")]
    [InlineData("null", "TimeSpan.Zero", "TimeSpan.FromSeconds(1)")]
    [InlineData("TimeSpan.FromHours(1)", "Environment.Is64BitProcess ? TimeSpan.Zero : TimeSpan.MaxValue", "TimeSpan.FromSeconds(1)")]
    public Task WithinOrUnknown_DoesNotTrigger(string timeout, string extension, string ackWait) => Rule.Reports(Consumer(timeout, extension, ackWait));

    private static string Consumer(string timeout, string extension, string ackWait) => Code.ConsumerWith(
        $"public override TimeSpan? HandlerTimeout => {timeout}; public override TimeSpan MaxAckExtension => {extension}; public override TimeSpan AckWait => {ackWait};");
}
