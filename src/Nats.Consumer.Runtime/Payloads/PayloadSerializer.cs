using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Payloads;

/// <summary>Payloads as JSON, camelCase unless configured otherwise; byte arrays and memory are the bytes themselves.</summary>
internal sealed class PayloadSerializer
{
    private readonly JsonSerializerOptions _options;
    private Utf8JsonWriter? _writer; // for whoever comes first

    public PayloadSerializer(JsonSerializerOptions? options = null)
        : this(options, JsonSerializer.IsReflectionEnabledByDefault)
    {
    }

    internal PayloadSerializer(JsonSerializerOptions? options, bool byReflection)
    {
        _options = options is null ? new JsonSerializerOptions(JsonSerializerDefaults.Web) : new JsonSerializerOptions(options);
        if (_options.TypeInfoResolver is null && byReflection)
            UseReflection(_options);
        _options.TypeInfoResolver ??= JsonTypeInfoResolver.Combine(); // knows no type; raw payloads need none
        _options.MakeReadOnly();
    }

    /// <summary>Why payloads cannot be read as this type, whatever is in them; <see langword="null"/> if they can.</summary>
    public string? WhyNever(Type type) =>
        type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || _options.TypeInfoResolver is DefaultJsonTypeInfoResolver || _options.TryGetTypeInfo(type, out _)
            ? null
            : WhyUnknown(type);

    /// <summary>A payload of a type, made up.</summary>
    public JsonNode? Example(Type type) => ExamplePayload.Of(type, _options);

    public T? Read<T>(InboundMessage message) => Read<T>(message.Payload);

    public T? Read<T>(ReadOnlyMemory<byte> payload)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
            return Unsafe.As<ReadOnlyMemory<byte>, T>(ref payload); // a cast would box
        if (typeof(T) == typeof(byte[]))
            return (T)(object)payload.ToArray();
        if (payload.IsEmpty)
            throw new PayloadException($"The message has no payload, and its handler needs a {TypeNames.Of(typeof(T))}. Take a MessageContext only, or publish a payload.");
        try
        {
            return JsonSerializer.Deserialize(payload.Span, TypeInfo<T>())
                ?? throw new PayloadException($"The payload is null, and its handler needs a {TypeNames.Of(typeof(T))}.");
        }
        catch (JsonException e)
        {
            throw new PayloadException($"The payload cannot be read as {TypeNames.Of(typeof(T))}: {e.Message}", e);
        }
    }

    public ReadOnlyMemory<byte> Write<T>(T value) => value switch
    {
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> memory => memory,
        _ => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>()),
    };

    /// <summary>Writes without garbage of its own.</summary>
    public void Write<T>(IBufferWriter<byte> to, T value)
    {
        if (value is byte[] bytes)
        {
            to.Write(bytes);
            return;
        }

        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
        {
            to.Write(Unsafe.As<T, ReadOnlyMemory<byte>>(ref value).Span);
            return;
        }

        JsonTypeInfo<T> type = TypeInfo<T>();
        Utf8JsonWriter writer = Interlocked.Exchange(ref _writer, null) ?? NewWriter(to);
        writer.Reset(to);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        _writer = writer;
    }

    private Utf8JsonWriter NewWriter(IBufferWriter<byte> to) => new(to, new JsonWriterOptions
    {
        Encoder = _options.Encoder,
        Indented = _options.WriteIndented,
        IndentCharacter = _options.IndentCharacter,
        IndentSize = _options.IndentSize,
        NewLine = _options.NewLine,
        SkipValidation = true,
    });

    private JsonTypeInfo<T> TypeInfo<T>()
    {
        try
        {
            return (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
        }
        catch (NotSupportedException e)
        {
            throw new InvalidOperationException(WhyUnknown(typeof(T)), e);
        }
    }

    private static string WhyUnknown(Type type) =>
        $"There is no JSON metadata for {type}, and it is not read by reflection (a trimmed or AOT build, or options with a resolver of their own). "
        + $"Add [JsonSerializable(typeof({TypeNames.Of(type)}))] to a JsonSerializerContext and give it to AddNatsConsumers(nats => nats.UseJson(MyContext.Default)).";

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where reflection-based JSON is on, which trimmed builds turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where reflection-based JSON is on, which AOT builds turn off.")]
    private static void UseReflection(JsonSerializerOptions options) => options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
}
