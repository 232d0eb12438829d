using System.Text.Json.Serialization;

namespace Orders;

/// <summary>What the payloads are, so that they are read and written without reflection.</summary>
[JsonSerializable(typeof(Order))]
internal sealed partial class OrderJson : JsonSerializerContext;
