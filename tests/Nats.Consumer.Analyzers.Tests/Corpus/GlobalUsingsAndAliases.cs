global using static Shop.Names.Subjects;
global using Context = Nats.Consumer.MessageContext;
global using Done = System.Threading.Tasks.ValueTask<Nats.Consumer.Outcome>;
global using On = Nats.Consumer.HandleAttribute;
global using OrderId = System.Guid;

namespace Shop.Names
{
    public static class Subjects
    {
        public const string Root = "orders";
        public const string Created = $"{Root}.created";
        public const string OfOne = Root + ".{orderId}.changed";
    }
}

namespace Shop.Handlers
{
    using Base = Nats.Consumer.ConsumerHandler;

    public sealed class OrderHandler : Base
    {
        [On(Created)]
        public Task OnCreatedAsync(Context message) => message.Payload.Length == 0 ? throw new InvalidDataException("Nothing in it.") : Task.CompletedTask;

        [On(OfOne)]
        public Done OnChangedAsync(OrderId orderId) => new(orderId == OrderId.Empty ? Outcome.Drop("No id.") : Outcome.Ack);
    }

    public sealed class OrderConsumer : PullConsumer
    {
        public override string StreamName => Root;

        public override IReadOnlyList<string> Subjects => [$"{Root}.>"];
    }
}
