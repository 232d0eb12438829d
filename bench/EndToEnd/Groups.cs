using Nats.Consumer.EndToEnd.Scenarios;

namespace Nats.Consumer.EndToEnd;

internal static class Groups
{
    // Without JetStream a message takes so little that a run would be over before the code is compiled for good.
    private const int Times = 10;

    public static IReadOnlyList<Group> All { get; } =
    [
        new("pull-1000",
        [
            new("bare socket", (lab, count) => RawScenarios.PullAsync(lab, count, 1000)),
            new("bare socket, async", (lab, count) => RawScenarios.PullAsync(lab, count, 1000, blocks: false)),
            new("client: sink that acks", (lab, count) => ClientScenarios.PullAsync(lab, count, 1000)),
            new("runtime: singleton handler", (lab, count) => RuntimeScenarios.PullAsync<SingletonHandler>(lab, count, 1000)),
            new("runtime: scoped handler", (lab, count) => RuntimeScenarios.PullAsync<ScopedHandler>(lab, count, 1000)),
            new("runtime: typed JSON payload", (lab, count) => RuntimeScenarios.PullAsync<TypedHandler>(lab, count, 1000)),
        ]),
        new("pull-100",
        [
            new("bare socket", (lab, count) => RawScenarios.PullAsync(lab, count, 100)),
            new("bare socket, async", (lab, count) => RawScenarios.PullAsync(lab, count, 100, blocks: false)),
            new("runtime: singleton handler", (lab, count) => RuntimeScenarios.PullAsync<SingletonHandler>(lab, count, 100)),
        ]),
        new("pull-5000",
        [
            new("bare socket", (lab, count) => RawScenarios.PullAsync(lab, count, 5000)),
            new("bare socket, async", (lab, count) => RawScenarios.PullAsync(lab, count, 5000, blocks: false)),
            new("runtime: singleton handler", (lab, count) => RuntimeScenarios.PullAsync<SingletonHandler>(lab, count, 5000)),
        ]),
        new("receive",
        [
            new("bare socket", (lab, count) => RawScenarios.ReceiveAsync(lab, Times * count)),
            new("bare socket, async", (lab, count) => RawScenarios.ReceiveAsync(lab, Times * count, blocks: false)),
            new("client: sink", (lab, count) => ClientScenarios.ReceiveAsync(lab, Times * count)),
        ]),
        new("publish",
        [
            new("bare socket", (lab, count) => RawScenarios.PublishAsync(lab, Times * count)),
            new("client", (lab, count) => ClientScenarios.PublishAsync(lab, Times * count)),
        ]),
        new("stream-publish",
        [
            new("bare socket", RawScenarios.PublishToStreamAsync),
            new("IJetStream", RuntimeScenarios.PublishToStreamAsync),
            new("IJetStream, window", (lab, count) => RuntimeScenarios.PublishThroughWindowAsync(lab, count, withIds: false)),
            new("IJetStream, window, message ids", (lab, count) => RuntimeScenarios.PublishThroughWindowAsync(lab, count, withIds: true)),
        ]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(group => group.Name)];
}
