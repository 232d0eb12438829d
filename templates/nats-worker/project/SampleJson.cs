using System.Text.Json.Serialization;

namespace ROOT_NAMESPACE;

/// <summary>What the payloads are, so that they are read without reflection. Add the payload of each new handler.</summary>
[JsonSerializable(typeof(Handlers.PayloadRecord))]
internal sealed partial class SampleJson : JsonSerializerContext;
