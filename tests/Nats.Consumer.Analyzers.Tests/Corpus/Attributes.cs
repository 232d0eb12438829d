using System.ComponentModel;
using On = Nats.Consumer.HandleAttribute;

namespace Marked;

[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresLicenseAttribute(string feature) : Attribute
{
    public string Feature { get; } = feature;
}

[Description("Every way to write an attribute.")]
public sealed class MarkedHandler : ConsumerHandler
{
    [On("marks.alias")]
    public Task OnAliasAsync() => Task.CompletedTask;

    [HandleAttribute("marks.suffix")]
    public Task OnSuffixAsync() => Task.CompletedTask;

    [global::Nats.Consumer.Handle("marks.global"), RequiresLicense("marks.audit")]
    public Task OnGlobalAsync() => Task.CompletedTask;

    [method: Handle("marks.target")]
    public Task OnTargetAsync() => Task.CompletedTask;

    [Handle("marks.first")]
    [Obsolete("Use the second.")]
    [Handle("marks.second")]
    public Task OnTwiceAsync() => Task.CompletedTask;

    [Handle(patterns: new[] { "marks.array", "marks.of" })]
    public Task OnArrayAsync() => Task.CompletedTask;

    [Handle(patterns: ["marks.collection"])]
    public Task OnCollectionAsync() => Task.CompletedTask;
}
