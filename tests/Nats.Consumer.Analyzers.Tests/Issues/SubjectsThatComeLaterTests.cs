using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0001 took <c>= ""</c> for a subject where an option is declared that a configuration fills.</summary>
public class SubjectsThatComeLaterTests
{
    [Theory]
    [InlineData("[StringSyntax(\"NatsSubject\")] public string Subject { get; set; } = \"\";")]
    [InlineData("[StringSyntax(\"NatsSubjectPattern\")] public string Filter = \"\";")]
    [InlineData("[StringSyntax(\"NatsSubject\")] public string Subject => Environment.GetEnvironmentVariable(\"SUBJECT\") ?? \"\";")]
    [InlineData("public void Use([StringSyntax(\"NatsSubject\")] string subject = \"\") { }")]
    public Task EmptyTextOfADeclaration_DoesNotTrigger(string member) => Verify.Rule("NATS0001").Reports($"public class Settings {{ {member} }}");

    [Theory]
    [InlineData("[StringSyntax(\"NatsSubject\")] public string Subject { get; set; } = \"a[|..|]b\";")]
    [InlineData("[StringSyntax(\"NatsSubject\")] public string Subject => [|\"\"|];")]
    [InlineData("[StringSyntax(\"NatsSubjectPattern\")] public string[] Filters { get; } = [[|\"\"|]];")]
    public Task EverythingElse_StillTriggers(string member) => Verify.Rule("NATS0001").Reports($"public class Settings {{ {member} }}");
}
