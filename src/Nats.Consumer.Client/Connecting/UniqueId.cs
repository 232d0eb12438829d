using System.Security.Cryptography;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Random names of 22 letters and digits, 131 bits, for inboxes.</summary>
internal static class UniqueId
{
    public static string New() => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 22);
}
