namespace Nats.Consumer.Analyzers;

/// <summary>Groups of rules, as <c>dotnet_analyzer_diagnostic.category-….severity</c> of an .editorconfig names them.</summary>
internal static class Categories
{
    public const string Subjects = "Nats.Subjects";
    public const string Naming = "Nats.Subjects.Naming";
    public const string Routing = "Nats.Routing";
    public const string Handlers = "Nats.Handlers";
    public const string Consumers = "Nats.Consumers";
    public const string Acknowledgement = "Nats.Acknowledgement";
    public const string Migration = "Nats.Migration";
    public const string Publishing = "Nats.Publishing";
}
