namespace Nats.Consumer.EndToEnd.Measuring;

/// <summary>One run of a scenario.</summary>
/// <param name="Rate">Messages per second.</param>
/// <param name="ClientCpu">Microseconds of CPU of this process per message.</param>
/// <param name="ServerCpu">Microseconds of CPU of the server per message, if it was started from here.</param>
/// <param name="Allocated">Bytes allocated per message.</param>
/// <param name="Foreign">The share of the machine that other processes used meanwhile, if it is known.</param>
internal sealed record Measurement(double Rate, double ClientCpu, double? ServerCpu, double Allocated, double? Foreign)
{
    public const double TooBusy = 0.1;

    public bool IsBusy => Foreign > TooBusy;
}
