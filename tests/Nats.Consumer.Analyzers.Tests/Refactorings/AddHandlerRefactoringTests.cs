using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Refactorings;

public class AddHandlerRefactoringTests
{
    private static VerifyRefactoring Refactoring => new(new AddHandlerRefactoring());

    [Fact]
    public Task UnhandledSubject_GetsAMethodInAHandlerOfTheProject() => Refactoring.Does(
        [Code.Consumer("[\"orders.>\", \"pay[||]ments.{id}.made\"]"), Code.Handle("\"orders.created\"")],
        [
            Code.Consumer("[\"orders.>\", \"payments.{id}.made\"]"),
            """
            public class OrderHandler : ConsumerHandler
            {
                [Handle("orders.created")]
                public Task OnAsync() => Task.CompletedTask;

                [Handle("payments.{id}.made")]
                public Task OnPaymentsMadeAsync(string id, MessageContext message, CancellationToken cancellationToken) =>
                    throw new NotImplementedException();
            }
            """,
        ]);

    [Fact]
    public Task StatedHandlers_AreTheOnlyOnes() => Refactoring.Does(
        [
            """
            namespace Shop
            {
                public class OrderConsumer : PullConsumer
                {
                    public override string StreamName => "orders";
                    public override IReadOnlyList<string> Subjects => ["audit[||].>"];
                    public override IReadOnlyList<Type> Handlers => [typeof(AuditHandler)];
                }

                public partial class AuditHandler : ConsumerHandler
                {
                }

                public class Other : ConsumerHandler
                {
                    [Handle("audit.x")]
                    public Task OnAsync() => Task.CompletedTask;
                }
            }
            """,
        ],
        [
            """
            namespace Shop
            {
                public class OrderConsumer : PullConsumer
                {
                    public override string StreamName => "orders";
                    public override IReadOnlyList<string> Subjects => ["audit.>"];
                    public override IReadOnlyList<Type> Handlers => [typeof(AuditHandler)];
                }

                public partial class AuditHandler : ConsumerHandler
                {
                    [Handle("audit.>")]
                    public Task OnAuditAsync(MessageContext message, CancellationToken cancellationToken) =>
                        throw new NotImplementedException();
                }

                public class Other : ConsumerHandler
                {
                    [Handle("audit.x")]
                    public Task OnAsync() => Task.CompletedTask;
                }
            }
            """,
        ]);

    [Fact]
    public Task NoHandlerAtAll_GetsAClass() => Refactoring.Does(
        [Code.Consumer("[\"{eve[||]nt}.*\"]") + "\n"],
        [
            Code.Consumer("[\"{event}.*\"]") + """


            public sealed class OrderHandler : ConsumerHandler
            {
                [Handle("{event}.*")]
                public Task OnAnyAsync(string @event, MessageContext message, CancellationToken cancellationToken) =>
                    throw new NotImplementedException();
            }

            """,
        ]);

    [Fact]
    public Task TakenName_GetsANumber() => Refactoring.Does(
        [Code.Consumer("[\"[||]a\"]"), Code.Handler("[Handle(\"b\")] public Task OnAAsync() => Task.CompletedTask;")],
        [
            Code.Consumer("[\"a\"]"),
            """
            public class OrderHandler : ConsumerHandler
            {
                [Handle("b")] public Task OnAAsync() => Task.CompletedTask;

                [Handle("a")]
                public Task OnA2Async(MessageContext message, CancellationToken cancellationToken) =>
                    throw new NotImplementedException();
            }
            """,
        ]);

    [Fact]
    public async Task SeveralHandlers_AreAllOffered() => (await Refactoring.Offers(Code.Consumer("[\"[||]x\"]"), Code.HandleNamed("A", "\"a\""), Code.HandleNamed("B", "\"b\"")))
        .ShouldBe(["Add a handler for 'x' to A", "Add a handler for 'x' to B"]);

    [Theory]
    [InlineData("[\"orders.[||]>\"]")]
    [InlineData("[\"orders..[||]x\"]")]
    [InlineData("[[||]Environment.MachineName]")]
    public async Task HandledOrInvalid_IsNotOffered(string subjects) => (await Refactoring.Offers(Code.Consumer(subjects), Code.Handle("\"orders.created\""))).ShouldBeEmpty();

    [Fact]
    public async Task OtherListOfSubjects_IsNotOffered() => (await Refactoring.Offers("public class Other { public string[] Subjects => [\"[||]a\"]; }")).ShouldBeEmpty();

    [Fact]
    public async Task WindowsLineEndings_AreKept()
    {
        string[] before = [Code.Consumer("[\"[||]x\"]"), Code.Handle("\"orders.created\"").ReplaceLineEndings("\r\n")];
        string[] after = [Code.Consumer("[\"x\"]"), """
            public class OrderHandler : ConsumerHandler
            {
                [Handle("orders.created")]
                public Task OnAsync() => Task.CompletedTask;

                [Handle("x")]
                public Task OnXAsync(MessageContext message, CancellationToken cancellationToken) =>
                    throw new NotImplementedException();
            }
            """.ReplaceLineEndings("\r\n")];
        await Refactoring.Does(before, after);
    }
}
