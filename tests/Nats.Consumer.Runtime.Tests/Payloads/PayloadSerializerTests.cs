using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nats.Consumer.Consuming;
using Nats.Consumer.Payloads;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Payloads;

public partial class PayloadSerializerTests
{
    private readonly PayloadSerializer _payloads = new();

    [Fact]
    public void Write_Value_IsCamelCase() => Text(_payloads.Write(new Order(7, ["x"]))).ShouldBe("""{"orderNumber":7,"lineItems":["x"]}""");

    [Theory]
    [InlineData("""{"orderNumber":7}""")]
    [InlineData("""{"OrderNumber":7}""")]
    [InlineData("""{"ORDERNUMBER":7,"unknown":1}""")]
    [InlineData("""{"orderNumber":"7"}""")]
    public void Read_Value_DoesNotMindTheCase(string json) => Read<Order>(json)!.OrderNumber.ShouldBe(7);

    [Fact]
    public void Write_Bytes_AreWhatTheyAre()
    {
        Text(_payloads.Write("raw"u8.ToArray())).ShouldBe("raw");
        Text(_payloads.Write((ReadOnlyMemory<byte>)"raw"u8.ToArray())).ShouldBe("raw");
    }

    [Fact]
    public void Read_Bytes_AreWhatTheyAre()
    {
        InboundMessage message = new Lane().Message(payload: "raw");
        Text(_payloads.Read<ReadOnlyMemory<byte>>(message)).ShouldBe("raw");
        byte[] copy = _payloads.Read<byte[]>(message)!;
        message.Reset(0);
        Text(copy).ShouldBe("raw");
        _payloads.Read<byte[]>(new Lane().Message(payload: ""))!.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "The message has no payload, and its handler needs a Order. Take a MessageContext only, or publish a payload.")]
    [InlineData("null", "The payload is null, and its handler needs a Order.")]
    [InlineData("{", "The payload cannot be read as Order: ")]
    [InlineData("[]", "The payload cannot be read as Order: ")]
    [InlineData("""{"orderNumber":"x"}""", "The payload cannot be read as Order: ")]
    [InlineData("{} {}", "The payload cannot be read as Order: ")]
    [InlineData("\u0001", "The payload cannot be read as Order: ")]
    public void Read_Undecodable_ThrowsPayloadExceptionThatNamesTheType(string payload, string message) =>
        Should.Throw<PayloadException>(() => Read<Order>(payload)).Message.ShouldStartWith(message);

    [Fact]
    public void Read_UndecodableGenericType_IsNamedAsPeopleWriteIt() =>
        Should.Throw<PayloadException>(() => Read<Dictionary<string, List<Order>>>("[]")).Message.ShouldStartWith("The payload cannot be read as Dictionary<String, List<Order>>: ");

    [Fact]
    public void Read_ValueType_Works()
    {
        Read<int>("42").ShouldBe(42);
        Should.Throw<PayloadException>(() => Read<int>("null"));
        Should.Throw<PayloadException>(() => Read<int?>("null")).Message.ShouldBe("The payload is null, and its handler needs a Int32?.");
    }

    [Fact]
    public void New_OwnOptions_AreUsedAndNotTouched()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        var payloads = new PayloadSerializer(options);
        Text(payloads.Write(new Order(7, []))).ShouldBe("""{"order_number":7,"line_items":[]}""");
        options.IsReadOnly.ShouldBeFalse();
        options.TypeInfoResolver.ShouldBeNull();
    }

    [Fact]
    public void Read_NoMetadata_SaysWhatToAdd()
    {
        var payloads = new PayloadSerializer(new JsonSerializerOptions(), byReflection: false);
        Should.Throw<InvalidOperationException>(() => payloads.Read<Order>(new Lane().Message(payload: "{}"))).Message.ShouldBe(
            $"There is no JSON metadata for {typeof(Order)}, and it is not read by reflection (a trimmed or AOT build, or options with a resolver of their own). "
            + "Add [JsonSerializable(typeof(Order))] to a JsonSerializerContext and give it to AddNatsConsumers(nats => nats.UseJson(MyContext.Default)).");
    }

    [Fact]
    public void New_NoOptionsAndNoReflection_StillReadsRawPayloads()
    {
        var payloads = new PayloadSerializer(null, byReflection: false);
        Text(payloads.Read<ReadOnlyMemory<byte>>(new Lane().Message(payload: "raw"))).ShouldBe("raw");
        Text(payloads.Write("raw"u8.ToArray())).ShouldBe("raw");
    }

    [Fact]
    public void Read_TypeOfAContext_NeedsNoReflection()
    {
        var payloads = new PayloadSerializer(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = OrderContext.Default }, byReflection: false);
        payloads.Read<Order>(new Lane().Message(payload: """{"orderNumber":7}"""))!.OrderNumber.ShouldBe(7);
    }

    private T? Read<T>(string payload) => _payloads.Read<T>(new Lane().Message(payload: payload));

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    internal sealed record Order(int OrderNumber, string[] LineItems);

    [JsonSerializable(typeof(Order))]
    internal sealed partial class OrderContext : JsonSerializerContext;
}
