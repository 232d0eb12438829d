using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>The cases of the migration that are about classes in several parts and classes that derive from each other: a family is moved at once.</summary>
public class RoutedByNameFamilyTests
{
    private static Verify Rule => Verify.Rule("NATS0601");

    [Fact]
    public Task Case17_Inherited_EachListOfItsOwn_Forwards() => Rule.Fixes(
        """
        public abstract class [|Base|] : ConventionHandler
        {
            protected Base(params string[] s) : base(s) { }

            protected Task handle_created(MessageContext m) => Task.CompletedTask;
        }

        public class [|A|]() : Base("orders.created");

        public class [|B|] : Base
        {
            public B()
                : base("users.created", "users.deleted")
            {
            }

            public Task handle_deleted(MessageContext m) => Task.CompletedTask;
        }
        """,
        """
        public abstract class Base : ConsumerHandler
        {
            protected Task handle_created(MessageContext m) => Task.CompletedTask;
        }

        public class A : Base
        {
            [Handle("orders.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }

        public class B : Base
        {
            [Handle("users.deleted")]
            public Task handle_deleted(MessageContext m) => Task.CompletedTask;

            [Handle("users.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }
        """);

    [Fact]
    public Task Case17_Inherited_OneListForAll_IsOnTheBaseMethod() => Rule.Fixes(
        """
        public abstract class [|Base|](string name, params string[] s) : ConventionHandler(s)
        {
            public Task handle_created(MessageContext m) => Task.FromResult(name);
        }

        public class [|A|]() : Base("a", "orders.created");
        public class [|B|]() : Base("b", "orders.created");
        """,
        """
        public abstract class Base(string name) : ConsumerHandler
        {
            [Handle("orders.created")]
            public Task handle_created(MessageContext m) => Task.FromResult(name);
        }

        public class A() : Base("a");
        public class B() : Base("b");
        """);

    [Fact]
    public Task Case18_BaseInAnotherAssembly_Forwards() => Rule.WithLibrary(
        """
        #pragma warning disable NATS0601
        public abstract class LibraryHandler(params string[] s) : ConventionHandler(s)
        {
            public Task handle_created(MessageContext m) => Task.CompletedTask;
        }
        """).Fixes(
        """
        public class [|A|]() : LibraryHandler("orders.created")
        {
            public Task Helper() => Task.CompletedTask;
        }
        """,
        """
        public class A : LibraryHandler
        {
            public Task Helper() => Task.CompletedTask;

            [Handle("orders.created")]
            public Task OnCreatedAsync(MessageContext m) => handle_created(m);
        }
        """);

    [Fact]
    public Task Case19_Override_HasWhatItOverrides() => Rule.Fixes(
        """
        public class [|Base|]() : ConventionHandler("a.b")
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public override Task handle_b(MessageContext m) => base.handle_b(m);
        }
        """,
        """
        public class Base : ConsumerHandler
        {
            [Handle("a.b")]
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public override Task handle_b(MessageContext m) => base.handle_b(m);
        }
        """);

    [Fact]
    public Task Case25_PartialClass_InTwoFiles() => Rule.Fixes(
        [
            """
            namespace Shop.Names { public static class Subjects { public const string Created = "orders.created"; } }
            """,
            """
            using Shop.Names;
            namespace Shop;

            public partial class [|H|] : ConventionHandler
            {
                private const string Updated = "orders.updated";
                public H() : base(Subjects.Created, Updated) { }
            }
            """,
            """
            namespace Shop;

            public partial class H
            {
                public Task handle_created(MessageContext m) => Task.CompletedTask;
                public Task handle_updated(MessageContext m) => Task.CompletedTask;
            }
            """,
        ],
        [
            """
            namespace Shop.Names { public static class Subjects { public const string Created = "orders.created"; } }
            """,
            """
            using Shop.Names;
            namespace Shop;

            public partial class H : ConsumerHandler
            {
                private const string Updated = "orders.updated";
            }
            """,
            """
            namespace Shop;

            public partial class H
            {
                [Handle("orders.created")]
                public Task handle_created(MessageContext m) => Task.CompletedTask;
                [Handle(Updated)]
                public Task handle_updated(MessageContext m) => Task.CompletedTask;
            }
            """,
        ]);

    [Fact]
    public Task DerivedClassThatWouldHandleASubjectTwice_HasNoFix() => Rule.HasNoFix("""
        public class [|Base|]() : ConventionHandler("a.b")
        {
            public Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class Derived : Base
        {
            public new Task handle_b(MessageContext m) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Case19_OverrideOfOneOfSeveralLists_IsMarkedItself() => Rule.Fixes(
        """
        public abstract class [|Base|](params string[] s) : ConventionHandler(s)
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class [|A|]() : Base("a.b")
        {
            public override Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class [|B|]() : Base("b.b");
        """,
        """
        public abstract class Base : ConsumerHandler
        {
            public virtual Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class A : Base
        {
            [Handle("a.b")]
            public override Task handle_b(MessageContext m) => Task.CompletedTask;
        }

        public class B : Base
        {
            [Handle("b.b")]
            public Task OnBAsync(MessageContext m) => handle_b(m);
        }
        """);
}
