using Nats.Consumer.EndToEnd.Scenarios;

namespace Nats.Consumer.EndToEnd;

internal static class Groups
{
    private const int Times = 10;

    public static IReadOnlyList<Group> All { get; } =
    [
        new("pull-1000",
        [
            new("runtime, built-in client", (lab, count) => RuntimeScenarios.PullAsync<SingletonHandler>(lab, count, 1000)),
            new("runtime on NATS.Net", (lab, count) => NatsNetScenarios.RunAsync(lab, count, 1000)),
            new("sink that acks, built-in client", (lab, count) => ClientScenarios.PullAsync(lab, count, 1000)),
            new("sink that acks, adapter", (lab, count) => NatsNetScenarios.PullAsync(lab, count, 1000)),
            new("sink that acks, NATS.Net alone", (lab, count) => NatsNetScenarios.PullBareAsync(lab, count, 1000)),
        ]),
        new("receive",
        [
            new("built-in client", (lab, count) => ClientScenarios.ReceiveAsync(lab, Times * count)),
            new("adapter", (lab, count) => NatsNetScenarios.ReceiveAsync(lab, Times * count)),
        ]),
        new("publish",
        [
            new("built-in client", (lab, count) => ClientScenarios.PublishAsync(lab, Times * count)),
            new("adapter", (lab, count) => NatsNetScenarios.PublishAsync(lab, Times * count)),
        ]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(group => group.Name)];
}
