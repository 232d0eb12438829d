using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>What the forms of the templates make of names and subjects, by golden tables and for any text.</summary>
public class NameTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> AllNames => Names.All.Select(row => new TheoryDataRow<string, string, string>(row.Name, row.Namespace, row.Durable));

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Name_GivesNamespaceAndDurable(string name, string rootNamespace, string durable)
    {
        var values = new SymbolValues(TemplateDefinition.Worker, name);
        values["rootNamespace"].ShouldBe(rootNamespace);
        values["durableName"].ShouldBe(durable);
    }

    [Theory]
    [InlineData("my.durable", "my-durable")]
    [InlineData("*", "worker")]
    [InlineData("Orders_1-a", "Orders_1-a")]
    public void Durable_Given_IsMadeLegal(string given, string durable) => new SymbolValues(TemplateDefinition.Worker, "Hello", ("durable", given))["durableName"].ShouldBe(durable);

    [Theory]
    [InlineData("orders.>", "orders", "\"orders.\\u003E\"", "orders.created", "Orders", "OrdersCreated", "Created")]
    [InlineData("orders.*", "orders", "\"orders.*\"", "orders.created", "Orders", "OrdersCreated", "Created")]
    [InlineData("orders.shipped", "orders", "\"orders.shipped\"", "orders.shipped", "OrdersShipped", "OrdersShipped", "Shipped")]
    [InlineData("orders.{id}.>", "orders", "\"orders.*.\\u003E\"", "orders.example.created", "Orders", "OrdersCreated", "Created")]
    [InlineData("orders.*.lineItem", "orders", "\"orders.*.lineItem\"", "orders.example.lineItem", "OrdersLineItem", "OrdersLineItem", "LineItem")]
    [InlineData("*.created", "events", "\"*.created\"", "example.created", "Created", "Created", "Created")]
    [InlineData(">", "events", "\"\\u003E\"", "events.created", "Events", "EventsCreated", "Created")]
    [InlineData("task", "task", "\"task\"", "task", "Task", "TaskApp", "Task")]
    [InlineData("42.a-b", "42", "\"42.a-b\"", "42.a-b", "N42AB", "N42AB", "AB")]
    public void Subject_GivesStreamExampleAndTypes(string subject, string stream, string streamSubject, string example, string className, string payload, string verb)
    {
        var values = new SymbolValues(TemplateDefinition.Worker, "Hello", ("subject", subject));
        values["streamName"].ShouldBe(stream);
        values["streamSubjectText"].ShouldBe(streamSubject);
        values["exampleSubjectPlain"].ShouldBe(example);
        values["className"].ShouldBe(className);
        values["payloadType"].ShouldBe(payload);
        values["verb"].ShouldBe(verb);
    }

    [Theory]
    [InlineData("SubjectHandler", "orders.{id}.shipped", "OrdersShippedHandler")]
    [InlineData("SubjectHandler", ">", "EventsHandler")]
    [InlineData("Mine", "orders.created", "Mine")]
    [InlineData("Mine.cs", "orders.created", "Mine")]
    [InlineData("my handler", "orders.created", "my_handler")]
    public void Handler_IsCalledAsStatedOrByItsSubject(string name, string subject, string className) =>
        new SymbolValues(TemplateDefinition.Named("nats-handler"), name, ("subject", subject))["className"].ShouldBe(className);

    [Fact]
    public void AnyName_GivesLegalNames() => ForAny(name => NameChecks.Problems(TemplateDefinition.Worker, name));

    [Fact]
    public void AnySubject_GivesLegalNames() => ForAny(subject => NameChecks.ProblemsOfSubject(TemplateDefinition.Worker, subject));

    [Theory]
    [InlineData("letterFirst")]
    [InlineData("words")]
    [InlineData("singleDots")]
    [InlineData("innerDots")]
    [InlineData("orWorker")]
    [InlineData("lowerDashes")]
    public void BrokenForm_IsNoticed(string form)
    {
        TemplateDefinition broken = TemplateDefinition.Worker.With(json => json["forms"]![form] = new JsonObject { ["identifier"] = "replace", ["pattern"] = "never there", ["replacement"] = "" });
        bool isNoticed = Names.All.Any(row => NameChecks.Problems(broken, row.Name).Any() || new SymbolValues(broken, row.Name)["durableName"] != row.Durable);
        isNoticed.ShouldBeTrue();
    }

    private static void ForAny(Func<string, IEnumerable<string>> problems)
    {
        // Whatever comes, and what people come with.
        Gen<string> texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
            Gen.ArrayOf(Gen.Elements("a", "B", "1", ".", "-", "_", " ", "'", "*", ">", "{x}", "&", "é", "日", "orders", "class", "Task", "İ", "ß")).Select(string.Concat));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true), Prop.ForAll(texts.ToArbitrary(), text => string.Join('\n', problems(text)) is "" ? true : throw new InvalidOperationException(string.Join('\n', problems(text)))));
    }
}
