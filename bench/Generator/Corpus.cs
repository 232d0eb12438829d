using System.Globalization;
using System.Text;

namespace Nats.Consumer.GeneratorBench;

/// <summary>Handlers of a large worker: classes in files of their own, ten handlers in each, bodies of a usual length, payloads with a few fields.</summary>
internal static class Corpus
{
    public const int PerClass = 10;

    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Nats.Consumer;
        """;

    private static readonly string[] Signatures =
    [
        "Task On{0}Async({1} payload, MessageContext message, CancellationToken cancellationToken)",
        "Task On{0}Async({1} payload)",
        "ValueTask On{0}Async(MessageContext message)",
        "Task<Outcome> On{0}Async({1} payload, Guid orderId, CancellationToken cancellationToken)",
        "ValueTask<Outcome> On{0}Async(Guid orderId, MessageContext message)",
    ];

    public static IEnumerable<string> Files(int handlers)
    {
        yield return Usings;
        for (int i = 0; i < handlers / PerClass; i++)
            yield return Class(i);
        yield return "namespace Orders; public sealed class OrderConsumer : PullConsumer { public override string StreamName => \"orders\"; }";
    }

    private static string Class(int number)
    {
        var code = new StringBuilder();
        code.AppendLine(CultureInfo.InvariantCulture, $$"""
            namespace Orders.Area{{number % 10}};

            public sealed record Line{{number}}(string Product, int Count, decimal Price);

            public sealed record Order{{number}}(Guid Id, string Customer, IReadOnlyList<Line{{number}}> Lines, DateTimeOffset Placed);

            /// <summary>Handles what happens to orders of kind {{number}}.</summary>
            public sealed class Handler{{number}}(TimeProvider time) : ConsumerHandler
            {
                private readonly Dictionary<Guid, decimal> _totals = [];
            """);
        for (int i = 0; i < PerClass; i++)
        {
            string signature = Signatures[i % Signatures.Length];
            bool hasPayload = signature.Contains("payload", StringComparison.Ordinal), hasToken = signature.Contains("orderId", StringComparison.Ordinal);
            bool hasOutcome = signature.Contains("Outcome", StringComparison.Ordinal);
            code.AppendLine(CultureInfo.InvariantCulture, $$"""

                    /// <summary>Handles event {{i}}.</summary>
                    [Handle("orders.k{{number}}.e{{i}}{{(hasToken ? ".{orderId}" : "")}}"{{(i % 4 == 0 && !hasToken ? $", \"orders.k{number}.also.e{i}\"" : "")}})]
                    public async {{string.Format(CultureInfo.InvariantCulture, signature, i, $"Order{number}")}}
                    {
                        /* body {{number}}.{{i}} */
                        decimal total = 0;
                        {{(hasPayload ? "foreach (var line in payload.Lines.Where(line => line.Count > 0).OrderBy(line => line.Product))\n                total += line.Count * line.Price;" : "total += message.Payload.Length;")}}
                        if (total < 0)
                            throw new InvalidOperationException($"The total of event {{i}} is {total}.");
                        _totals[{{(hasToken ? "orderId" : hasPayload ? "payload.Id" : "Guid.Empty")}}] = total;
                        var waited = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
                        for (int attempt = 0; attempt < 3 && waited > TimeSpan.Zero; attempt++)
                            waited -= TimeSpan.FromSeconds(attempt);
                        await Task.Yield();
                        {{(hasOutcome ? "return total > 1000 ? Outcome.RetryAfter(TimeSpan.FromMinutes(1)) : Outcome.Ack;" : "")}}
                    }
                """);
        }

        return code.AppendLine("}").ToString();
    }
}
