namespace Shop.Audit;

public abstract class EventHandler<TEvent> : ConsumerHandler
    where TEvent : class
{
    protected abstract string Describe(TEvent happened);

    protected Task WriteAsync(TEvent happened, CancellationToken cancellationToken) => File.AppendAllTextAsync("audit.log", Describe(happened), cancellationToken);
}

public sealed record UserRegistered(string Login);

public sealed class UserAudit : EventHandler<UserRegistered>
{
    [Handle("users.registered")]
    public Task OnRegisteredAsync(UserRegistered user, CancellationToken cancellationToken) => WriteAsync(user, cancellationToken);

    protected override string Describe(UserRegistered happened) => $"{happened.Login} registered";
}

public abstract class Projection<TKey, TState> : ConsumerHandler
    where TKey : notnull
{
    protected Dictionary<TKey, TState> State { get; } = [];
}

public sealed class LoginCounts : Projection<string, int>
{
    [Handle("users.{login}.arrived")]
    public Task OnArrivedAsync(string login)
    {
        State[login] = State.GetValueOrDefault(login) + 1;
        return Task.CompletedTask;
    }
}
