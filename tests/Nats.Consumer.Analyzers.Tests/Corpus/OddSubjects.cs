namespace Odd;

public sealed class OddHandler : ConsumerHandler
{
    [Handle("a")]
    public Task OnShortAsync() => Task.CompletedTask;

    [Handle("2026.01.31")]
    public Task OnDateAsync() => Task.CompletedTask;

    [Handle("x1.y2.z3.w4")]
    public Task OnDigitsAsync() => Task.CompletedTask;

    [Handle("{anything}")]
    public Task OnOneTokenAsync(string anything) => Task.CompletedTask;

    [Handle("two.*")]
    public Task OnTwoTokensAsync() => Task.CompletedTask;

    [Handle("{a}.{b}.{c}.>")]
    public Task OnManyTokensAsync(string a, string b, string c) => Task.CompletedTask;

    [Handle("{event}.{class}.{string}")]
    public Task OnKeywordsAsync(string @event, string @class, string @string) => Task.CompletedTask;

    [Handle("same.same.same")]
    public Task OnSameAsync() => Task.CompletedTask;

    [Handle(">")]
    public Task OnRestAsync() => Task.CompletedTask;
}
