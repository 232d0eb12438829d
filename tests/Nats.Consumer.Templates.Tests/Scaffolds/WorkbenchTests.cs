namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Tests of what is on the workbench, which the first of them makes.</summary>
[Trait("Category", "Long")]
public abstract class WorkbenchTests : IAsyncLifetime
{
    private protected Workbench Workbench { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Workbench = await Workbench.ReadyAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
