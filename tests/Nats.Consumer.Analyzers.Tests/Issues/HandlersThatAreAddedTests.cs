using Nats.Consumer.Analyzers.Refactorings;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>The refactoring that adds a handler gave two parameters one name, took a name that another part or a base class has, and mixed tabs with blanks.</summary>
public class HandlersThatAreAddedTests
{
    private static readonly VerifyRefactoring Refactoring = new(new AddHandlerRefactoring());

    [Fact]
    public Task TokensNamedLikeTheOtherParameters_StayApart() => Refactoring.Does(
        [Code.Consumer("[\"orders[||].{message}.{cancellationToken}\"]")],
        [
            Code.Consumer("[\"orders.{message}.{cancellationToken}\"]") + """

            public sealed class OrderHandler : ConsumerHandler
            {
                [Handle("orders.{message}.{cancellationToken}")]
                public Task OnOrdersAsync(string message, string cancellationToken, MessageContext theMessage, CancellationToken theCancellationToken) =>
                    throw new NotImplementedException();
            }

            """,
        ]);

    [Fact]
    public Task NamesOfOtherPartsAndOfBaseClasses_AreTaken() => Refactoring.Does(
        [
            Code.Consumer("[\"orders.created\", \"orders[||].updated\"]"),
            "public partial class H : Base\n{\n\t[Handle(\"orders.created\")] public Task OnAsync() => Task.CompletedTask;\n}\n",
            "public partial class H { private Task OnOrdersUpdatedAsync(MessageContext message, CancellationToken cancellationToken) => Task.CompletedTask; }",
            "public abstract class Base : ConsumerHandler { public string OnOrdersUpdated2Async => \"\"; }",
        ],
        [
            Code.Consumer("[\"orders.created\", \"orders.updated\"]"),
            """
            public partial class H : Base
            {
            	[Handle("orders.created")] public Task OnAsync() => Task.CompletedTask;

                [Handle("orders.updated")]
                public Task OnOrdersUpdated3Async(MessageContext message, CancellationToken cancellationToken) =>
                    throw new NotImplementedException();
            }

            """,
        ]);
}
