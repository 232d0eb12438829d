using System.ComponentModel;

namespace Nats.Consumer.Generated;

/// <summary>Says that an assembly has a table of its handlers. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public abstract class HandlerTableAttribute : Attribute
{
    private protected HandlerTableAttribute()
    {
    }

    internal abstract Type TableType { get; }

    internal abstract HandlerTable Create();
}

/// <inheritdoc/>
/// <typeparam name="TTable">The table. A type argument is what trimming and ahead-of-time compilation keep.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HandlerTableAttribute<TTable> : HandlerTableAttribute
    where TTable : HandlerTable, new()
{
    internal override Type TableType => typeof(TTable);

    internal override HandlerTable Create() => new TTable();
}

/// <summary>
/// Says that a class has handlers which code in other assemblies can neither see nor call, private ones above all. For generated code only: a class of another assembly
/// that derives from it is described by reflection.
/// </summary>
/// <param name="type">The class.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class HiddenHandlersAttribute(Type type) : Attribute
{
    /// <summary>The class.</summary>
    public Type Type { get; } = type;
}
