using System.Net.Http;
namespace Lambdas;
public interface IPolicy { Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken = default); }
public sealed class PolicyHandler(IPolicy policy, HttpClient http) : ConsumerHandler
{
    [Handle("policies.run")]
    public async Task<Outcome> OnRunAsync(Uri uri, CancellationToken stopping)
    {
        var response = await policy.ExecuteAsync(ct => http.GetAsync(uri, ct), stopping);
        string text = await policy.ExecuteAsync<string>(response.Content.ReadAsStringAsync, cancellationToken: stopping);
        await Parallel.ForEachAsync(text.Split(','), new ParallelOptions { CancellationToken = stopping, MaxDegreeOfParallelism = 4 }, async (part, ct) => await http.GetAsync(part, ct));
        return response.IsSuccessStatusCode ? Outcome.Ack : Outcome.Retry;
    }
    [Handle("policies.shared")]
    public Task OnSharedAsync(Uri uri, MessageContext message) => http.GetAsync(uri, message.Services.GetHashCode() > 0 ? CancellationToken.None : default);
}
