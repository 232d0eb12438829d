using Nats.Consumer.EndToEnd.Measuring;

namespace Nats.Consumer.EndToEnd;

/// <summary>One way to do the work of its group.</summary>
internal sealed record Scenario(string Name, Func<Lab, int, Task<Measurement>> RunAsync);

/// <summary>Scenarios that do the same work; the first one is the baseline.</summary>
internal sealed record Group(string Name, IReadOnlyList<Scenario> Scenarios);
