using System.ComponentModel;

namespace Nats.Consumer.Generated;

/// <summary>The handlers and consumers of an assembly, as the source generator of <c>Nats.Consumer.Analyzers</c> wrote them down. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandlerTable
{
    /// <summary>Says what there is.</summary>
    public abstract void AddTo(HandlerTableBuilder table);
}

/// <summary>The table of an assembly that has neither handlers nor consumers. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NoHandlers : HandlerTable
{
    /// <inheritdoc/>
    public override void AddTo(HandlerTableBuilder table)
    {
    }
}
