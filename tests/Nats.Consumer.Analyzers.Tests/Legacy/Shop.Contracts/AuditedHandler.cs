using Nats.Consumer;

namespace Shop.Contracts;

/// <summary>The base class of handlers that only write down. Each says what.</summary>
public abstract class AuditedHandler : ConventionHandler
{
    private readonly Journal _journal;

    protected AuditedHandler(Journal journal, params string[] subjects)
        : base(subjects)
    {
        _journal = journal;
    }

    protected abstract string Area { get; }

    public Task handle_audited(MessageContext message) => WriteAsync(message, "audited");

    public virtual Task handle_purged(MessageContext message, CancellationToken cancellationToken) => WriteAsync(message, "purged");

    protected Task WriteAsync(MessageContext message, string what) => _journal.WriteAsync(message, this, $"{Area} {what}");
}

/// <summary>Its sisters list nothing of their own: they have one list in common.</summary>
public abstract class LoginHandler(Journal journal, params string[] subjects) : ConventionHandler(subjects)
{
    public Task HandleLoggedIn(MessageContext message) => journal.WriteAsync(message, this, "logged in");

    public Task HandleLoggedOutAsync(MessageContext message) => journal.WriteAsync(message, this, "logged out");
}
