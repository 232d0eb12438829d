using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

public class LegacyNameTests
{
    private static Verify Rule => Verify.Rule("NATS0609");

    [Fact]
    public Task Case22_Rename_ReachesEveryUse() => Rule.Fixes(
        [
            """
            public interface IShip { Task handle_order_shipped(string id); }
            public class OrderHandler : ConsumerHandler, IShip
            {
                public static string Name => nameof(handle_created);
                [Handle("orders.created")]
                public virtual Task [|handle_created|](MessageContext m) => Task.CompletedTask;
                [Handle("orders.shipped")]
                public Task [|handle_order_shipped|](string id) => Task.CompletedTask;
            }
            """,
            """
            public class Special : OrderHandler
            {
                public override Task handle_created(MessageContext m) => base.handle_created(m);
            }
            """,
        ],
        [
            """
            public interface IShip { Task OnOrderShippedAsync(string id); }
            public class OrderHandler : ConsumerHandler, IShip
            {
                public static string Name => nameof(OnCreatedAsync);
                [Handle("orders.created")]
                public virtual Task OnCreatedAsync(MessageContext m) => Task.CompletedTask;
                [Handle("orders.shipped")]
                public Task OnOrderShippedAsync(string id) => Task.CompletedTask;
            }
            """,
            """
            public class Special : OrderHandler
            {
                public override Task OnCreatedAsync(MessageContext m) => base.OnCreatedAsync(m);
            }
            """,
        ]);

    [Theory]
    [InlineData("[Handle(\"a\")] public Task OnCreatedAsync() => Task.CompletedTask;")]
    [InlineData("[Handle(\"a\")] public Task HandleCreated() => Task.CompletedTask;")]
    [InlineData("public Task handle_created() => Task.CompletedTask; [Handle(\"a\")] public Task On() => Task.CompletedTask;")]
    [InlineData("[Handle(\"a\")] public Task handle_created() => Task.CompletedTask; public Task OnCreatedAsync() => Task.CompletedTask;")]
    [InlineData("[Handle(\"a\")] public Task handle_created() => Task.CompletedTask; [Handle(\"b\")] public Task handle_Created() => Task.CompletedTask;")]
    public Task OtherName_OrOneThatIsTaken_DoesNotTrigger(string members) => Rule.Reports(Code.Handler(members));

    [Fact]
    public Task WhereNamesDecide_TheyStay() => Rule.Reports("""
        public class H() : ConventionHandler("a.b")
        {
            [Handle("a.c")]
            public Task handle_b() => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("handle_created", "OnCreatedAsync")]
    [InlineData("handle_created_async", "OnCreatedAsync")]
    [InlineData("handle_old_deleted", "OnOldDeletedAsync")]
    [InlineData("HandleCreatedAsync", "OnCreatedAsync")]
    [InlineData("HandleCreated", "OnCreatedAsync")]
    [InlineData("handle_2fa", "On2faAsync")]
    [InlineData("handle_async", "OnAsyncAsync")]
    public void Names_AreOfWhatHappened(string old, string name) => ModernNames.Of(old).ShouldBe(name);
}
