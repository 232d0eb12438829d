using System.Text;
using Nats.Consumer.DeadLetters;

namespace Nats.Consumer.Tests.DeadLetters;

public class DeadLetterNamesTests
{
    [Fact]
    public void SubjectOf_UsualSubject_HasItWhole() => DeadLetterNames.SubjectOf("orders", "billing", "orders.created.7").ShouldBe("dead-letters.orders.billing.orders.created.7");

    [Theory]
    [InlineData("a")]
    [InlineData("ß")]
    public void SubjectOf_LongSubject_HasItsFirstTokens(string letter)
    {
        string token = string.Concat(Enumerable.Repeat(letter, 100));
        string subject = DeadLetterNames.SubjectOf("orders", "billing", string.Join('.', Enumerable.Repeat(token, 39 / letter.Length)));
        Encoding.UTF8.GetByteCount(subject).ShouldBeLessThanOrEqualTo(3_000);
        string[] tokens = subject.Split('.');
        tokens[..3].ShouldBe(["dead-letters", "orders", "billing"]);
        tokens.Length.ShouldBeGreaterThan(10);
        tokens[3..].ShouldAllBe(each => each == token);
    }

    [Fact]
    public void SubjectOf_LongToken_IsCut()
    {
        string subject = DeadLetterNames.SubjectOf("orders", "billing", new string('x', 3_900));
        subject.Length.ShouldBe(3_000);
        subject.ShouldStartWith("dead-letters.orders.billing.xxx");
    }
}
