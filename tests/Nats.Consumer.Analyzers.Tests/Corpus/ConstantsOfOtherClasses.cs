namespace Shop.Contracts
{
    public static class Topics
    {
        public const string Domain = "shop";
        public const string Orders = $"{Domain}.orders";
        public const string Created = $"{Orders}.{nameof(OrderEvent.created)}";
        public const string Everything = $"{Orders}.>";

        public static class Retired
        {
            public const string Deleted = Orders + "." + "deleted";
        }

        public enum OrderEvent
        {
            created,
            updated,
        }
    }
}

namespace Shop.Worker
{
    using Shop.Contracts;
    using static Shop.Contracts.Topics;

    public class OrderEvents : ConsumerHandler
    {
        [Handle(Created)]
        public Task WhenCreated(MessageContext message, CancellationToken stop) => Console.Out.WriteLineAsync(message.Subject.AsMemory(), stop);

        [Handle(Orders + "." + nameof(OrderEvent.updated), Topics.Retired.Deleted)]
        public ValueTask WhenElse(MessageContext message) => default;
    }

    public class OrderConsumer : PullConsumer
    {
        public override string StreamName => Domain;

        public override IReadOnlyList<string> Subjects { get; } = [Everything];
    }
}
