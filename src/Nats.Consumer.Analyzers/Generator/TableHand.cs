namespace Nats.Consumer.Analyzers.Generator;

/// <summary>
/// Some classes of a project, and the table that they go into. It is no tuple: what flows through the driver's steps are classes, since for each kind of struct the compiler's
/// process would first have to compile the driver anew.
/// </summary>
/// <param name="Classes">By name.</param>
/// <param name="Table">The name of the table; null where none is generated.</param>
internal sealed record TableHand(EquatableArray<TableClass> Classes, string? Table);
