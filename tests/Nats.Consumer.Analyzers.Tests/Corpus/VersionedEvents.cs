namespace Versions;

public sealed record CustomerV1(string Name);

public sealed record CustomerV2(string First, string Last);

public sealed class CustomerVersions : ConsumerHandler
{
    [Handle("customers.v1.created")]
    public Task OnV1Async(CustomerV1 customer) => OnV2Async(new CustomerV2("", customer.Name));

    [Handle("customers.v2.created", "customers.created")]
    public Task OnV2Async(CustomerV2 customer) => Task.CompletedTask;

    [Handle("customers.{version}.created")]
    public Task<Outcome> OnUnknownAsync(string version) => Task.FromResult(Outcome.DeadLetter($"version {version} is not known"));
}

public sealed class CustomerVersionConsumer : PullConsumer
{
    public override string StreamName => "customers";

    public override IReadOnlyList<string> Subjects => ["customers.*.created", "customers.created"];

    public override IReadOnlyList<Type> Handlers => [typeof(CustomerVersions)];
}
