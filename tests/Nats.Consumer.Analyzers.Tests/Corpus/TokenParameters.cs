using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tokens;

public readonly struct Sku(string value) : ISpanParsable<Sku>
{
    public string Value { get; } = value;

    public static Sku Parse(string s, IFormatProvider? provider) => new(s);

    public static Sku Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new(s.ToString());

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Sku result)
    {
        result = new Sku(s ?? "");
        return s is not null;
    }

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Sku result)
    {
        result = new Sku(s.ToString());
        return true;
    }
}

public sealed class TokenHandler : ConsumerHandler
{
    [Handle("stores.{store}.items.{sku}")]
    public Task OnItemAsync(int store, Sku sku, decimal price) => Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{store} {sku.Value} {price}"));

    [Handle("calendars.{day}.{hour}")]
    public Task OnHourAsync(DateOnly day, byte hour, CancellationToken ct) => Task.Delay(hour, ct);

    [Handle("accounts.{id}.opened", "accounts.{id}.closed")]
    public Task OnAccountAsync(Guid id, MessageContext message) => Console.Out.WriteLineAsync($"{id} {message.Parameter("id")}");

    [Handle("files.{name}.{version}.>")]
    public Task OnFileAsync(string name, long version, byte[] content) => Task.CompletedTask;

    [Handle("chars.{letter}")]
    public Task OnCharAsync(char letter, TimeSpan payload) => Task.CompletedTask;
}
