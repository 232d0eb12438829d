#if DEBUG
using Mode = System.Int32;
#else
using Mode = System.Int64;
#endif

namespace Fleet;

public static class Subjects
{
#if STAGING
    public const string Prefix = "staging";
#else
    public const string Prefix = "fleet";
#endif
    public const string Positions = Prefix + ".{vehicle}.position";
}

public sealed class PositionHandler : ConsumerHandler
{
    [Handle(Subjects.Positions)]
#pragma warning disable CA1822
    public Task OnPositionAsync(Mode vehicle, (double Latitude, double Longitude) at) => at.Latitude > vehicle ? Task.CompletedTask : Task.Delay(0, CancellationToken.None);
#pragma warning restore CA1822
}
