using System.Text;
using Microsoft.Extensions.Primitives;
using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Translation;

/// <summary>Headers as NATS.Net takes them. Those of received messages are read from their bytes, as ever.</summary>
internal static class Headers
{
    /// <param name="headers">What to send.</param>
    /// <param name="encoding">How NATS.Net will write it: ASCII, unless the application says otherwise.</param>
    /// <exception cref="ArgumentException">NATS.Net would refuse a name, or write question marks in a value.</exception>
    public static Core.NatsHeaders? Of(NatsHeaders? headers, Encoding encoding)
    {
        if (headers is null)
            return null;
        var all = new Core.NatsHeaders();
        foreach ((string name, string value) in headers)
        {
            if (!Ascii.IsValid(name))
                throw new ArgumentException($"The name of header '{name}' is not ASCII, which NATS.Net does not send.", nameof(headers));
            if (!Ascii.IsValid(value) && encoding.CodePage != Encoding.UTF8.CodePage)
            {
                throw new ArgumentException(
                    $"The value of header '{name}' is not ASCII, and NATS.Net would write it as {encoding.WebName}. Set NatsOpts.HeaderEncoding to Encoding.UTF8.", nameof(headers));
            }

            all[name] = all.TryGetValue(name, out StringValues before) ? StringValues.Concat(before, value) : value;
        }

        return all;
    }
}
