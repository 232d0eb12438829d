namespace Texts;

public sealed class TextHandler : ConsumerHandler
{
    [Handle(@"texts.plain")]
    public Task OnPlainAsync(string text) => Task.CompletedTask;

    [Handle("""texts.raw""", """texts.{language}.raw""")]
    public Task OnRawAsync(string text) => Task.CompletedTask;

    [Handle($"""texts.{Kind}""")]
    public Task OnInterpolatedAsync(string text) => Task.CompletedTask;

    [Handle("\u0074exts.escaped")]
    public Task OnEscapedAsync(string text) => Task.CompletedTask;

    private const string Kind = "interpolated";
}
