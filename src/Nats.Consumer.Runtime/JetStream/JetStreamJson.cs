using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nats.Consumer.JetStream;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JetStreamJson : JsonSerializerContext;
