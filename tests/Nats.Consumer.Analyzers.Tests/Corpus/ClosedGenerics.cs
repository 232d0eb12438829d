using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddScoped<ProjectionHandler<Customer>>().AddScoped<ProjectionHandler<Invoice>>();
builder.AddNatsConsumers();
await builder.Build().RunAsync();

public sealed record Customer(Guid Id, string Name);

public sealed record Invoice(Guid Id, decimal Total);

public sealed class ProjectionHandler<T> : ConsumerHandler
    where T : class
{
    private readonly Dictionary<string, T> _rows = [];

    [Handle("projections.{table}.changed")]
    public Task OnChangedAsync(T row, string table)
    {
        _rows[table] = row;
        return Task.CompletedTask;
    }
}

public sealed class CustomerProjection : PullConsumer
{
    public override string StreamName => "projections";

    public override IReadOnlyList<string> Subjects => ["projections.customers.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(ProjectionHandler<Customer>)];
}
