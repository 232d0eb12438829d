using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Subjects;

namespace Nats.Consumer.Tests.Consuming;

public class FilterSetTests
{
    [Theory]
    [InlineData("o.*.x o.a.*", "o.*.*")]
    [InlineData("a.b c.d", "a.b c.d")]
    [InlineData("a.* *.b c.d", "*.*")] // joining makes new overlaps
    [InlineData("a.* a.>", "a.>")]
    [InlineData("a.{id} a.b", "a.*")]
    public void Join_Filters_AreThese(string filters, string joined) =>
        string.Join(' ', FilterSet.Join([.. filters.Split(' ').Select(SubjectPattern.Parse)]).Select(filter => filter.Wire)).ShouldBe(joined);

    [Fact]
    public void Join_AnySet_CoversAllAndOverlapsNowhere() => Samples.ForAll(SubjectArbitraries.Set.Generator, set =>
    {
        IReadOnlyList<SubjectPattern> joined = FilterSet.Join(set);
        return set.All(pattern => joined.Any(filter => filter.Covers(pattern)))
            && joined.All(filter => joined.All(other => ReferenceEquals(filter, other) || !filter.Overlaps(other)));
    });

    [Fact]
    public void SubjectsOf_Stream_LeavesOutWhatCannotBeRead()
    {
        var stream = new StreamDescription(new JsonObject { ["subjects"] = new JsonArray("a.>", "b c", null, "d") }, 0, 0, 0, "");
        FilterSet.SubjectsOf(stream).Select(subject => subject.Wire).ShouldBe(["a.>", "d"]);
    }
}
