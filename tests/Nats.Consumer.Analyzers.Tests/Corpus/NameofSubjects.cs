namespace Devices;

public static class Fleet
{
    public const string boats = nameof(boats);
    public const string trucks = nameof(trucks);
}

public sealed class FleetHandler : ConsumerHandler
{
    [Handle($"{nameof(Fleet.boats)}.moved")]
    public Task OnBoatAsync(Position position) => Task.CompletedTask;

    [Handle(nameof(Fleet.trucks) + "." + nameof(moved))]
    public Task OnTruckAsync(Position position) => moved(position);

    private static Task moved(Position position) => Task.FromResult(position);
}

public readonly record struct Position(double Latitude, double Longitude);
