using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nats.Consumer.InMemory.Streams;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.InMemory.Api;

/// <summary>An enumeration as the words of the API. Any other word is refused.</summary>
internal class WordConverter<T>(params string[] words) : JsonConverter<T>
    where T : struct, Enum
{
    private readonly WireWords _words = new(typeof(T), words);

    public WordConverter()
        : this([])
    {
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && _words.Find(reader.GetString()) is >= 0 and int value ? Unsafe.BitCast<int, T>(value) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(_words.Of(Unsafe.BitCast<T, int>(value)));
}

internal sealed class RetentionConverter() : WordConverter<Retention>("limits", "interest", "workqueue");
