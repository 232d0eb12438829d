using System.Text.Json.Nodes;

namespace Nats.Consumer.Planning;

/// <summary>Reads a number of a configuration. What the code states is an <see cref="int"/> or a <see cref="long"/>, which JSON nodes do not convert into each other, and what the server says is text.</summary>
internal static class WholeNumber
{
    public static long? Of(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out long number) => number,
        JsonValue value when value.TryGetValue(out int number) => number,
        _ => null,
    };
}
