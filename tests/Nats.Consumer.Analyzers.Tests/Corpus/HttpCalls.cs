using System.Net;
using System.Net.Http;
using System.Net.Http.Json;

namespace Web;

public sealed class WebhookHandler(HttpClient client) : ConsumerHandler
{
    [Handle("webhooks.{customer}.send")]
    public async Task<Outcome> OnSendAsync(string customer, Webhook hook, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(hook.Url, hook.Body, cancellationToken).ConfigureAwait(false);
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.NoContent => Outcome.Ack,
            HttpStatusCode.TooManyRequests when response.Headers.RetryAfter?.Delta is { } delay => Outcome.RetryAfter(delay),
            HttpStatusCode.Gone => Outcome.Drop($"{customer} has gone"),
            >= HttpStatusCode.InternalServerError => Outcome.Retry,
            _ => Outcome.DeadLetter($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}"),
        };
    }
}

public sealed record Webhook(Uri Url, Dictionary<string, object> Body);
