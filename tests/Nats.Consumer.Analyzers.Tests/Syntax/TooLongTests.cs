using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Syntax;

public class TooLongTests
{
    private static readonly string Tokens16 = string.Join('.', Enumerable.Repeat("a", 16));
    private static readonly string Bytes255 = new('a', 255);

    private static Verify Rule => Verify.Rule("NATS0005");

    [Fact]
    public Task ManyTokens_Trigger() => Rule.Says(
        "The subject has 17 tokens, and more than 16 are not advised. Every message, filter and permission carries them: put into the payload or headers what nobody routes by.",
        Code.Handle($"[|\"{Tokens16}.a\"|]"));

    [Fact]
    public Task ManyBytes_Trigger() => Rule.Says(
        "The subject has 256 bytes, and more than 255 are not advised. Every message, filter and permission carries them: put into the payload or headers what nobody routes by.",
        Code.Publish($"[|\"{Bytes255}a\"|]"));

    [Fact]
    public Task AsMuchAsIsAdvised_DoesNotTrigger() => Rule.Reports(Code.Handle($"\"{Tokens16}\", \"{Bytes255}\""));

    [Fact]
    public Task InvalidSubject_DoesNotTrigger() => Rule.Reports(Code.Handle($"\"{Bytes255}a.\""));
}
