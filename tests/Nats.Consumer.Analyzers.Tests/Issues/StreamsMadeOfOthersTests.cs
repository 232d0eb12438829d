using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0403 judged a consumer by the subjects that its stream had before a <c>with</c> gave it others.</summary>
public class StreamsMadeOfOthersTests
{
    [Theory]
    [InlineData("[StreamOperation.CreateOrUpdate(new StreamConfig(\"orders\") { Subjects = [\"orders.new\"] } with { Subjects = [\"orders.*\"] })]", false)]
    [InlineData("[StreamOperation.CreateOrUpdate(new StreamConfig(\"orders\") { Subjects = [\"orders.new\"] })]", true)]
    public Task SubjectsOfAWith_AreNotGuessed(string setup, bool triggers) => Verify.Rule("NATS0403").Reports(Code.ConsumerWith(
        $"public override IReadOnlyList<string> Subjects => [{(triggers ? "[|\"orders.created\"|]" : "\"orders.created\"")}]; protected override IEnumerable<StreamOperation> Setup() => {setup};"));

    [Fact]
    public Task WithOfAVariable_IsNotGuessed() => Verify.Rule("NATS0403").Reports(Code.ConsumerWith("""
        public override IReadOnlyList<string> Subjects => ["orders.created"];
        protected override IEnumerable<StreamOperation> Setup()
        {
            var config = new StreamConfig("orders") { Subjects = ["orders.new"] };
            return [StreamOperation.CreateOrUpdate(config with { Subjects = ["orders.*"] })];
        }
        """));
}
