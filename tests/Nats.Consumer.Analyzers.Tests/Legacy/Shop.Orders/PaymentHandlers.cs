namespace Shop.Orders.Payments
{
    using Nats.Consumer;
    using Shop.Contracts;
    using static Shop.Contracts.Subjects.Payments;

    /// <summary>Constants by a static using.</summary>
    public class CardHandler : ConventionHandler
    {
        public CardHandler(Journal journal)
            : base(Authorized, Captured, Refunded)
        {
            Journal = journal;
        }

        protected Journal Journal { get; }

        public Task handle_card_authorized(MessageContext message) => Journal.WriteAsync(message, this, "authorized");

        public Task handle_card_captured(MessageContext message) => Journal.WriteAsync(message, this, "captured");

        public virtual Task handle_card_refunded(MessageContext message) => Journal.WriteAsync(message, this, "refunded");
    }

    /// <summary>Has the list of its base class, and does one thing otherwise.</summary>
    public sealed class StrictCardHandler : CardHandler
    {
        public StrictCardHandler(Journal journal)
            : base(journal)
        {
        }

        public override Task handle_card_refunded(MessageContext message) => Journal.WriteAsync(message, this, "refunded, after a check");
    }

    public sealed class FraudHandler(Journal journal) : Nats.Consumer.ConventionHandler("fraud.suspected", "fraud.cleared")
    {
        public ValueTask<Outcome> HandleSuspected(MessageContext message)
        {
            _ = journal.WriteAsync(message, this, "suspected");
            return ValueTask.FromResult(Outcome.Ack);
        }

        public async ValueTask HandleCleared(MessageContext message) => await journal.WriteAsync(message, this, "cleared");
    }

    public static class Ledger
    {
        /// <summary>A class within a class.</summary>
        public sealed class LedgerHandler(Journal journal) : ConventionHandler("ledger.booked", "ledger.closed.monthly")
        {
            public Task handle_booked(MessageContext message) => journal.WriteAsync(message, this, "booked");

            public Task handle_closed_monthly(MessageContext message) => journal.WriteAsync(message, this, "closed");
        }
    }

    public interface IDunning
    {
        Task handle_reminded(MessageContext message);
    }

    public sealed class DunningHandler(Journal journal) : ConventionHandler("dunning.reminded"), IDunning
    {
        public Task handle_reminded(MessageContext message) => journal.WriteAsync(message, this, "reminded");
    }

    public sealed class TaxHandler(Journal journal) : ConventionHandler("tax.v2.filed", "tax.2fa")
    {
        public Task handle_v2_filed(MessageContext message) => journal.WriteAsync(message, this, "filed");

        public Task handle_2fa(MessageContext message) => journal.WriteAsync(message, this, "second factor");
    }

    public sealed class PayoutHandler : ConventionHandler
    {
        private const string Prefix = "payouts";
        private readonly Journal _journal;

        public PayoutHandler(Journal journal) : base(Prefix + ".planned", $"{Prefix}.done") { _journal = journal; }

        public Task HandlePlanned(MessageContext m) => _journal.WriteAsync(m, this, "planned");
        public Task HandleDone(MessageContext m) => _journal.WriteAsync(m, this, "done");
    }
}
