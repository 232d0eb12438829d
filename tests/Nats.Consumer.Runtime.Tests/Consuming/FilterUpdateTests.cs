using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Consuming;

public class FilterUpdateTests
{
    // Each row was tried on nats-server 2.9.10.
    [Theory]
    [InlineData("w.>", "w.>", "w.>")]
    [InlineData("w.>", "w.a", "w.a")]
    [InlineData("w.>", "w.*", "w.*")]
    [InlineData("", "w.a", "w.a")]
    [InlineData("", "w.>", ">")] // would deliver nothing: it does not notice the wildcard
    [InlineData(">", "w.>", "w.>")]
    [InlineData("w.a", "w.a", "w.a")]
    [InlineData("w.a", "w.>", null)]
    [InlineData("w.a", "w.b", null)] // would wait for something else to wake it
    [InlineData("w.*.a", "w.*.b", null)]
    [InlineData("w.*", ">", null)]
    public void OnOldServer_OldAndNewFilter_IsWhatGoesOnDelivering(string current, string wanted, string? reachable) =>
        FilterUpdate.OnOldServer(Config(current), SubjectPattern.Parse(wanted))?.Wire.ShouldBe(reachable);

    // On nats-server 2.15.1.
    [Theory]
    [InlineData("w.a", "", ">")]
    [InlineData("w.a w.b", "", ">")]
    [InlineData(">", "", ">")]
    [InlineData("", "", "")]
    [InlineData("w.a", "w.b", "w.b")]
    [InlineData("", "w.b", "w.b")]
    public void StateEverything_NoFilterAnyMore_IsStated(string current, string wanted, string stated)
    {
        JsonObject config = Config(wanted);
        FilterUpdate.StateEverything(config, Config(current));
        config.ToJsonString().ShouldBe(Config(stated).ToJsonString());
    }

    private static JsonObject Config(string filters)
    {
        string[] several = filters.Split(' ');
        return new JsonObject
        {
            ["filter_subject"] = several.Length == 1 ? filters : "",
            ["filter_subjects"] = new JsonArray([.. several.Length > 1 ? several.Select(filter => (JsonNode)filter) : []]),
        };
    }
}
