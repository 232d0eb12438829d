using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Worker;

public class CustomerHandler(Journal journal) : ConventionHandler("customers.registered", "customers.address.changed", "customers.deleted")
{
    public Task handle_registered(MessageContext message) => journal.WriteAsync(message, this, "registered");

    public Task handle_address_changed(MessageContext message) => journal.WriteAsync(message, this, "address");

    public Task handle_deleted(MessageContext message) => journal.WriteAsync(message, this, "deleted");
}

public sealed class NewsletterHandler(Journal journal) : ConventionHandler("newsletter.subscribed", "newsletter.unsubscribed")
{
    public Task HandleSubscribed(MessageContext message) => journal.WriteAsync(message, this, "subscribed");

    public Task HandleUnsubscribed(MessageContext message) => journal.WriteAsync(message, this, "unsubscribed");
}

public sealed class WishHandler : ConventionHandler
{
    private readonly Journal _journal;

    /// <summary>Makes one.</summary>
    public WishHandler(Journal journal)
        : base(
            "wishes.added",
            // The second one came later.
            "wishes.removed")
    {
        _journal = journal;
    }

    public Task handle_added(MessageContext message) => _journal.WriteAsync(message, this, "added");

    public Task handle_removed(MessageContext message) => _journal.WriteAsync(message, this, "removed");
}

public sealed class BasketHandler(Journal journal) : ConventionHandler("baskets.filled", "baskets.emptied", "baskets.abandoned")
{
    public Task handle_filled(MessageContext message) => journal.WriteAsync(message, this, "filled");

    public Task handle_emptied(MessageContext message) => journal.WriteAsync(message, this, "emptied");

    [Obsolete("Nobody is to call it.")]
    public Task handle_abandoned(MessageContext message) => journal.WriteAsync(message, this, "abandoned");
}

public sealed class ConsentHandler(Journal journal) : ConventionHandler("consents.Given", "consents.withdrawn")
{
    public Task handle_Given(MessageContext message) => journal.WriteAsync(message, this, "given");

    public Task handle_withdrawn(MessageContext message) => journal.WriteAsync(message, this, "withdrawn");
}

public sealed class BirthdayHandler(Journal journal) : ConventionHandler("birthdays.today")
{
    public Task handle_today(MessageContext message) => journal.WriteAsync(message, this, "today");
}

public sealed class ComplaintHandler(Journal journal) : ConventionHandler("complaints.filed", "complaints.answered")
{
    public Task handle_filed(MessageContext message) => journal.WriteAsync(message, this, "filed");

    public Task handle_answered(MessageContext message) => journal.WriteAsync(message, this, "answered");
}

public sealed class MergeHandler(Journal journal) : ConventionHandler("accounts.users.merged", "accounts.users-merged")
{
    public Task handle_users_merged(MessageContext message) => journal.WriteAsync(message, this, "merged");
}

public sealed class PreferenceHandler(Journal journal) : ConventionHandler("preferences.language.set", "preferences.currency.set", "preferences.theme.set")
{
    public Task handle_language_set(MessageContext message) => journal.WriteAsync(message, this, "language");

    public Task handle_currency_set(MessageContext message) => journal.WriteAsync(message, this, "currency");

    public Task handle_theme_set(MessageContext message) => journal.WriteAsync(message, this, "theme");
}
