using System.Text.Json.Nodes;

namespace Nats.Consumer.JetStream;

public class WireWordsTests
{
    /// <summary>The words are found by number.</summary>
    [Theory]
    [InlineData(typeof(StreamRetention))]
    [InlineData(typeof(StreamStorage))]
    [InlineData(typeof(StreamDiscard))]
    [InlineData(typeof(StreamCompression))]
    [InlineData(typeof(StreamPersistMode))]
    [InlineData(typeof(DeliverPolicy))]
    [InlineData(typeof(AckPolicy))]
    [InlineData(typeof(ReplayPolicy))]
    [InlineData(typeof(PriorityPolicy))]
    public void Enumerations_CountFromZero(Type enumeration)
    {
        Enum.GetUnderlyingType(enumeration).ShouldBe(typeof(int));
        Enum.GetValuesAsUnderlyingType(enumeration).Cast<int>().ShouldBe(Enumerable.Range(0, Enum.GetNames(enumeration).Length));
    }

    [Theory]
    [InlineData(StreamRetention.Limits, "limits")]
    [InlineData(StreamRetention.Interest, "interest")]
    [InlineData(StreamRetention.WorkQueue, "workqueue")]
    public void Retention_IsTheServersWord(StreamRetention value, string word)
    {
        JsonObject json = ModelJson.Write(new StreamConfig("orders") { Retention = value }, ModelJson.Default.StreamConfig);
        json["retention"]!.ToString().ShouldBe(word);
        ModelJson.Read(json, ModelJson.Default.StreamConfig).Retention.ShouldBe(value);
    }

    [Fact]
    public void Words_AreFoundBothWays()
    {
        var words = new WireWords(typeof(DeliverPolicy));
        string[] all = [.. Enumerable.Range(0, 6).Select(words.Of)];
        all.ShouldBe(["all", "last", "new", "last_per_subject", "by_start_sequence", "by_start_time"]);
        all.Select(words.Find).ShouldBe(Enumerable.Range(0, 6));
        words.Find("All").ShouldBe(-1);
        words.Find(null).ShouldBe(-1);
    }
}
