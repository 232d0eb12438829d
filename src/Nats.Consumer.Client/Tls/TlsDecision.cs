namespace Nats.Consumer.Client.Tls;

/// <summary>Whether to go on encrypted once the server has introduced itself in the clear.</summary>
internal static class TlsDecision
{
    /// <exception cref="NatsTlsException">What the client wants and what the server has exclude each other. There is no way back to plain text.</exception>
    public static bool Upgrades(NatsTlsMode mode, bool urlIsTls, NatsServerInfo info)
    {
        bool offered = info.TlsRequired || info.TlsAvailable;
        if (mode == NatsTlsMode.Off)
        {
            return info.TlsRequired
                ? throw new NatsTlsException("the server requires TLS and Tls.Mode is Off. Set it to Auto.")
                : false;
        }

        if ((urlIsTls || mode == NatsTlsMode.Require) && !offered)
        {
            throw new NatsTlsException(
                $"the server offers no TLS and {(urlIsTls ? "the URL is tls://" : "Tls.Mode is Require")}; nothing was sent in the clear. "
                + "Configure TLS on the server, or connect without it on purpose: nats:// and Tls.Mode Auto.");
        }

        return urlIsTls || info.TlsRequired || (offered && mode is NatsTlsMode.Require or NatsTlsMode.Prefer);
    }
}
