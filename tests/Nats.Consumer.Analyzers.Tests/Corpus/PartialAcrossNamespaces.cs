namespace Billing
{
    public partial class InvoiceHandler
    {
        [Handle("billing.invoices.issued")]
        public partial Task OnIssuedAsync(decimal total, CancellationToken cancellationToken);

        private partial void Log(string text);
    }
}

namespace Billing
{
    public partial class InvoiceHandler : ConsumerHandler
    {
        private decimal _sum;

        public partial Task OnIssuedAsync(decimal total, CancellationToken cancellationToken)
        {
            Log($"{total}");
            _sum += total;
            return Task.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
        }

        private partial void Log(string text) => Console.WriteLine(text + _sum);
    }

    public sealed partial class InvoiceConsumer : PullConsumer;

    public sealed partial class InvoiceConsumer
    {
        public override string StreamName => "billing";
    }
}
