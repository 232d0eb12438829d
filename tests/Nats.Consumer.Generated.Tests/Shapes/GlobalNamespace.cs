#pragma warning disable CA1050, CS8981 // on purpose

using Nats.Consumer;
using Nats.Consumer.Tests;

public sealed class GlobalHandler : ConsumerHandler
{
    [Handle("global.{id}")]
    public Task OnAsync(int id, Payload payload) => Seen.Now(id, payload);

    public sealed record Payload(int Number);
}

namespace @namespace.@event
{
    public sealed class @class : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(@class.@record payload) => Seen.Now(payload);

        public sealed record @record(int Number);
    }
}

// Names that generated code must not confuse with those it means.
namespace Nats.Consumer.Generated.System.Threading
{
    public sealed class Task : global::Nats.Consumer.ConsumerHandler
    {
        [global::Nats.Consumer.Handle("a")]
        public global::System.Threading.Tasks.Task OnAsync() => Seen.Now("task");
    }
}

namespace Case
{
    public sealed class OrderHandler : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync() => Seen.Now("upper");
    }
}

namespace @case
{
    public sealed class orderhandler : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync() => Seen.Now("lower");
    }
}
