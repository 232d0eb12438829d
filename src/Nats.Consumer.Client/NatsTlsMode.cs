namespace Nats.Consumer.Client;

/// <summary>When a connection is encrypted.</summary>
public enum NatsTlsMode
{
    /// <summary>
    /// With a <c>tls://</c> URL always, otherwise when the server requires it. With <c>nats://</c> that is the word of whoever answers: where somebody could
    /// stand in between, use <c>tls://</c> or <see cref="Require"/>.
    /// </summary>
    Auto,

    /// <summary>Whenever the server offers it, otherwise not. A <c>tls://</c> URL is still a promise.</summary>
    Prefer,

    /// <summary>Always. A server that offers no TLS is an error, with any scheme.</summary>
    Require,

    /// <summary>
    /// Always, and before the server has said a word. For servers with <c>handshake_first: true</c>, which nats-server knows from 2.10.4 on.
    /// </summary>
    Implicit,

    /// <summary>Never. A server that requires it is an error, and so is a <c>tls://</c> URL.</summary>
    Off,
}
