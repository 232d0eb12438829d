namespace Nats.Consumer.Streams;

/// <summary>A field that the server has otherwise than it is wanted.</summary>
internal sealed record FieldChange(string Field, string Actual, string Wanted)
{
    public override string ToString() => $"{Field} {Actual} → {Wanted}";
}
