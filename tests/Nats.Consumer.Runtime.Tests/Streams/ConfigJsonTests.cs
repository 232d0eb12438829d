using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Streams;

public class ConfigJsonTests
{
    private static readonly Gen<JsonObject> Config =
        from fields in Gen.SubListOf("a", "b", "c", "d", "e")
        from values in Gen.ListOf(Gen.Elements("1", "0", "true", "false", "\"x\"", "\"\"", "[]", "[\"x\",\"y\"]", "{\"l\":\"1\"}", "{\"l\":\"2\",\"m\":\"3\"}"), fields.Count)
        select new JsonObject(fields.Zip(values, (field, value) => KeyValuePair.Create(field, JsonNode.Parse(value))));

    [Theory]
    [InlineData("""{"max_age":5}""", """{"max_age":5,"other":1}""", "")]
    [InlineData("""{"max_age":5}""", """{"max_age":6}""", "max_age 6 → 5")]
    [InlineData("""{"max_age":5}""", "{}", "max_age unset → 5")]
    [InlineData("""{"max_age":5}""", """{"max_age":5.0}""", "")]
    [InlineData("""{"max_age":0,"deny":false,"description":"","subjects":[]}""", "{}", "")] // the server leaves zero values out
    [InlineData("""{"deny":true}""", "{}", "deny unset → true")]
    [InlineData("""{"subjects":["a","b"]}""", """{"subjects":["a"]}""", """subjects ["a"] → ["a","b"]""")]
    [InlineData("""{"subjects":[]}""", """{"subjects":["a"]}""", """subjects ["a"] → []""")]
    [InlineData("""{"metadata":{"mine":"1"}}""", """{"metadata":{"mine":"1","_nats.ver":"2.15.1"}}""", "")]
    [InlineData("""{"metadata":{"mine":"1"}}""", """{"metadata":{"_nats.ver":"2.15.1"}}""", """metadata {"_nats.ver":"2.15.1"} → {"mine":"1"}""")]
    [InlineData("""{"metadata":{"mine":"1"}}""", "{}", """metadata unset → {"mine":"1"}""")]
    public void Differences_WantedAndActual_AreThese(string wanted, string actual, string differences) =>
        string.Join("; ", ConfigJson.Differences(Parse(wanted), Parse(actual))).ShouldBe(differences);

    [Fact]
    public void Merge_SparseUpdate_ResetsNothing()
    {
        JsonObject actual = Parse("""{"name":"orders","max_msgs":100,"max_age":7,"allow_direct":true,"field_of_2099":{"x":[1]},"metadata":{"theirs":"1","mine":"old"}}""");
        JsonObject merged = ConfigJson.Merge(actual, Parse("""{"max_age":9,"metadata":{"mine":"new"}}"""));
        merged.ToJsonString().ShouldBe(
            """{"name":"orders","max_msgs":100,"max_age":9,"allow_direct":true,"field_of_2099":{"x":[1]},"metadata":{"theirs":"1","mine":"new"}}""");
    }

    [Fact]
    public void Merge_Configs_AreNotTouched()
    {
        JsonObject actual = Parse("""{"subjects":["a"],"metadata":{"a":"1"}}""");
        JsonObject wanted = Parse("""{"subjects":["b"],"metadata":{"b":"2"}}""");
        ConfigJson.Merge(actual, wanted);
        actual.ToJsonString().ShouldBe("""{"subjects":["a"],"metadata":{"a":"1"}}""");
        wanted.ToJsonString().ShouldBe("""{"subjects":["b"],"metadata":{"b":"2"}}""");
    }

    [Fact]
    public void Merge_AnyTwo_LeavesNoDifferenceAndKeepsTheRest() => Samples.ForAll(
        from actual in Config from wanted in Config select (actual, wanted),
        x =>
        {
            JsonObject merged = ConfigJson.Merge(x.actual, x.wanted);
            return ConfigJson.Differences(x.wanted, merged).Count == 0
                && x.actual.All(field => x.wanted.ContainsKey(field.Key) || JsonNode.DeepEquals(field.Value, merged[field.Key]))
                && ConfigJson.Differences(x.actual, x.actual).Count == 0;
        },
        runs: 2_000);

    [Fact]
    public void ThrowIfIgnored_FieldTheServerDroppedOrChanged_NamesIt()
    {
        Should.NotThrow(() => ConfigJson.ThrowIfIgnored(Parse("""{"a":1}"""), Parse("""{"a":1,"b":2}"""), "stream 'orders'", new Version(2, 9, 10)));
        Should.Throw<JetStreamException>(() => ConfigJson.ThrowIfIgnored(Parse("""{"a":1,"b":2}"""), Parse("""{"b":3}"""), "stream 'orders'", new Version(2, 9, 10))).Message.ShouldBe(
            "nats-server 2.9.10 accepted the configuration of stream 'orders' but ignored part of it (a unset → 1; b 3 → 2). Leave these fields out or use a newer server.");
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
