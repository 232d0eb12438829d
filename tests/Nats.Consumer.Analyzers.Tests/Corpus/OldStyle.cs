using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nats.Consumer;

namespace Old.Style
{
    public class CustomerConsumer : PullConsumer
    {
        private static readonly List<string> subjects = new List<string>() { "customers.created", "customers.deleted" };

        public override string StreamName
        {
            get { return "customers"; }
        }

        public override IReadOnlyList<string> Subjects
        {
            get { return subjects; }
        }

        public override IReadOnlyList<Type> Handlers
        {
            get { return new Type[] { typeof(CustomerHandler) }; }
        }

        public override TimeSpan AckWait
        {
            get { return new TimeSpan(0, 0, 30); }
        }
    }

    public class CustomerHandler : ConsumerHandler
    {
        [Handle(new string[] { "customers.created", "customers.deleted" })]
        public Task Handle(Customer customer, MessageContext context)
        {
            if (customer == null)
            {
                throw new ArgumentNullException("customer");
            }

            return Task.FromResult<object>(null);
        }
    }

    public class Customer
    {
        public int Id { get; set; }
    }
}
