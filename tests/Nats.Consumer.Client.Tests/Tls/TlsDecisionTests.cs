using Nats.Consumer.Client.Tls;

namespace Nats.Consumer.Client.Tests.Tls;

public sealed class TlsDecisionTests
{
    // What the server offers: nothing, TLS besides plain text, TLS only. Decisions: p(lain), u(pgrade), e(rror).
    [Theory]
    [InlineData(NatsTlsMode.Auto, false, "p p u")]
    [InlineData(NatsTlsMode.Auto, true, "e u u")]
    [InlineData(NatsTlsMode.Prefer, false, "p u u")]
    [InlineData(NatsTlsMode.Prefer, true, "e u u")]
    [InlineData(NatsTlsMode.Require, false, "e u u")]
    [InlineData(NatsTlsMode.Require, true, "e u u")]
    [InlineData(NatsTlsMode.Off, false, "p p e")]
    public void Upgrades_ByModeSchemeAndOffer(NatsTlsMode mode, bool urlIsTls, string decisions)
    {
        NatsServerInfo[] servers = [new(), new() { TlsAvailable = true }, new() { TlsRequired = true }];
        string.Join(' ', servers.Select(server => Decide(mode, urlIsTls, server))).ShouldBe(decisions);
    }

    private static char Decide(NatsTlsMode mode, bool urlIsTls, NatsServerInfo server)
    {
        try
        {
            return TlsDecision.Upgrades(mode, urlIsTls, server) ? 'u' : 'p';
        }
        catch (NatsTlsException)
        {
            return 'e';
        }
    }
}
