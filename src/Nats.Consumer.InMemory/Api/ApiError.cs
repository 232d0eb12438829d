using System.Text.Json.Nodes;

namespace Nats.Consumer.InMemory.Api;

/// <summary>What the server answers when it refuses: numbers and texts of nats-server (server/errors.json).</summary>
internal sealed class ApiError(int code, int errorCode, string description) : Exception(description)
{
    public JsonObject ToJson() => new() { ["code"] = code, ["err_code"] = errorCode, ["description"] = Message };
}
