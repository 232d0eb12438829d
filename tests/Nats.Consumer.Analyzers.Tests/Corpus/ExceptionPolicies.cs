using System.Net.Http;
using System.Text.Json;

namespace Policies;

public class DomainException(string message) : Exception(message);

public sealed class NotYetException(string message) : DomainException(message);

public abstract class WebConsumer : PullConsumer
{
    protected static ExceptionPolicy Web { get; } = ExceptionPolicy.Default
        .Retry<HttpRequestException>(TimeSpan.FromSeconds(30))
        .DeadLetter<JsonException>();

    public override ExceptionPolicy Exceptions => Web;
}

public sealed class HookConsumer : WebConsumer
{
    public override string StreamName => "hooks";

    public override ExceptionPolicy Exceptions => Web
        .Retry<NotYetException>()
        .DeadLetter<DomainException>()
        .On<TaskCanceledException>(error => error.InnerException is TimeoutException ? Outcome.RetryAfter(TimeSpan.FromMinutes(1)) : Outcome.Retry)
        .Otherwise(error => Outcome.DeadLetter(error.Message));
}

public sealed class MailConsumer : PullConsumer
{
    public override string StreamName => "mails";

    public override ExceptionPolicy Exceptions { get; } = ExceptionPolicy.Default.Drop<FormatException>();
}
