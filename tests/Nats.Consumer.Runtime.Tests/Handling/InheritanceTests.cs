namespace Nats.Consumer.Tests.Handling;

public class InheritanceTests
{
    [Theory]
    [InlineData("base.public", "public")]
    [InlineData("base.private", "private")]
    [InlineData("base.virtual", "derived")] // the override has the attribute of what it overrides
    [InlineData("base.more", "derived")]
    [InlineData("derived.more", "derived")]
    [InlineData("base.abstract", "abstract")]
    [InlineData("derived.protected", "internal")]
    [InlineData("derived.private", "derived private")] // hides a private method of its base without replacing it
    public async Task Describe_HandlersOfBothClasses_AreCalledOnce(string subject, string call)
    {
        var handler = new Signatures<int>.Derived();
        await Described.CallAsync(handler, subject);
        handler.Calls.ShouldBe([call]);
    }

    [Fact]
    public void Describe_DisplayName_IsClassAndMethod() =>
        Described.Class<Signatures<int>.Derived>().Routes.Routes.Select(route => route.Method.DisplayName).ShouldContain("Derived.OnVirtualAsync");

    [Fact]
    public void Describe_Fallback_IsSeenWhereverItIsOverridden()
    {
        Described.Class<Signatures<int>.FallbackOnly>().OverridesFallback.ShouldBeTrue();
        Described.Class<Signatures<int>.InheritsFallback>().OverridesFallback.ShouldBeTrue();
        Described.Class<Signatures<int>.Derived>().OverridesFallback.ShouldBeFalse();
    }
}
