namespace Weather;

public sealed record Reading(double Celsius, DateTimeOffset At);

public sealed class WeatherHandler : ConsumerHandler
{
    [Handle("weather.berlin.temperature")]
    public Task OnBerlinAsync(Reading reading) => Task.CompletedTask;

    [Handle("weather.*.temperature")]
    public Task OnTemperatureAsync(Reading reading) => Task.CompletedTask;

    [Handle("weather.berlin.*")]
    public Task OnBerlinOtherAsync(Reading reading) => Task.CompletedTask;

    [Handle("weather.*.*.forecast")]
    public Task OnForecastAsync(Reading reading) => Task.CompletedTask;

    [Handle("weather.>")]
    public Task OnAnyAsync(MessageContext message) => Task.CompletedTask;
}
