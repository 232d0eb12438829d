using Microsoft.Extensions.Hosting;
using Catalog;

var app = Host.CreateApplicationBuilder(args);
app.AddNatsConsumers(nats => nats.ConfigureConnection(connection => { }));
return await app.Build().RunNatsAsync(args);

namespace Catalog
{
    public sealed class CatalogConsumer : PullConsumer
    {
        public override string StreamName => "catalog";

        public override IReadOnlyList<string> Subjects => ["catalog.products.>", "catalog.prices.*"];

        protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new("catalog") { Subjects = ["catalog.>"] })];
    }

    namespace Products
    {
        public sealed class ProductHandler : ConsumerHandler
        {
            [Handle("catalog.products.{sku}.added")]
            public Task OnAddedAsync(string sku, Product product) => Task.CompletedTask;

            [Handle("catalog.products.{sku}.removed")]
            public Task OnRemovedAsync(string sku) => Task.CompletedTask;
        }

        public sealed record Product(string Name);
    }

    namespace Prices
    {
        public sealed class PriceHandler(IJetStream jetStream) : ConsumerHandler
        {
            [Handle("catalog.prices.{sku}")]
            public async Task OnPriceAsync(string sku, decimal price, CancellationToken ct) =>
                await jetStream.PublishAsync("catalog.changed", new { sku, price }, cancellationToken: ct);
        }
    }
}
