using System.Globalization;
using System.Text;

namespace Nats.Consumer.Benchmarks;

/// <summary>What a server sends to a pull consumer.</summary>
internal static class Deliveries
{
    public const string Subject = "orders.created.eu-west";

    public static readonly byte[] Payload = """{"id":12345678,"customer":"Ada Lovelace","total":12.5}"""u8.ToArray();

    public static string ReplyTo(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"$JS.ACK.orders.shop-orderconsumer.1.{1_000_000 + number}.{number}.1718000000000000000.{500_000 - number}");

    public static byte[] Buffer(int size)
    {
        var buffer = new MemoryStream();
        for (int number = 1; buffer.Length < size; number++)
        {
            buffer.Write(Encoding.UTF8.GetBytes($"MSG {Subject} 2 {ReplyTo(number)} {Payload.Length}\r\n"));
            buffer.Write(Payload);
            buffer.Write("\r\n"u8);
        }

        return buffer.ToArray();
    }
}
