using System.Globalization;
using Nats.Consumer;
using Nats.Consumer.Client;

namespace GitHubEvents.Demonstration;

/// <summary>An outage that is agreed between publisher and handler, by a header, so that there is something to retry.</summary>
internal static class Outage
{
    private const string Header = "Sample-Attempts-To-Fail";

    public static NatsHeaders Of(int attempts) => new() { [Header] = attempts.ToString(CultureInfo.InvariantCulture) };

    public static int AttemptsToFail(MessageContext message) => int.TryParse(message.Headers?[Header], CultureInfo.InvariantCulture, out int attempts) ? attempts : 0;
}
