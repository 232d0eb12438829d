namespace Shop.Settings;
public sealed class OutboxOptions
{
    [StringSyntax("NatsSubject")]
    public string Subject { get; set; } = "";
    [StringSyntax("NatsSubjectPattern")]
    public string Filter { get; init; } = "";
    [StringSyntax("NatsSubjectPattern")]
    public string[] Filters { get; init; } = [];
    [StringSyntax("NatsSubject")]
    private string _current = "";
    public string Current => _current;
    public void Use([StringSyntax("NatsSubject")] string subject = "") => _current = subject;
}
public sealed record Target([property: StringSyntax("NatsSubject")] string Subject = "");
