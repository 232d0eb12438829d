using System.Globalization;

namespace Booking;

public sealed record Room(int Floor, int Number) : ISpanParsable<Room>
{
    public static Room Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out var room) ? room : throw new FormatException();

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out Room result)
    {
        result = int.TryParse(s, NumberStyles.None, provider, out int number) ? new Room(number / 100, number % 100) : null;
        return result is not null;
    }

    public static Room Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Room result) => TryParse(s.AsSpan(), provider, out result);
}

public sealed record Stay(DateOnly From, DateOnly To, IReadOnlyList<string> Guests)
{
    public required string Currency { get; init; }
}

public sealed class RoomHandler(TimeProvider clock) : ConsumerHandler
{
    [Handle("booking.{room}.booked.{day}")]
    public Task<Outcome> Booked(Room room, DateOnly day, Stay stay)
    {
        bool isLate = day.ToDateTime(TimeOnly.MinValue) < clock.GetUtcNow().DateTime;
        return Task.FromResult(isLate || stay.To < stay.From ? Outcome.DeadLetter($"{room} was booked too late.") : Outcome.Ack);
    }
}
