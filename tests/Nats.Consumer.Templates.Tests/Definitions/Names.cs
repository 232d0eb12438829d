namespace Nats.Consumer.Templates.Definitions;

/// <summary>Names that a person may give a project, with the namespace and the durable that they lead to.</summary>
internal static class Names
{
    /// <summary>Each of them is a scaffold that is built, too.</summary>
    public static IReadOnlyList<(string Name, string Namespace, string Durable)> Odd { get; } =
    [
        ("class", "ClassApp", "class"),
        ("My.class.Worker", "My.ClassApp.Worker", "my-class-worker"),
        ("A..B", "A.B", "a-b"),
        ("R&D", "RD", "r-d"),
        ("日本", "日本", "worker"),
        ("my orders", "MyOrders", "my-orders"),
        ("my-orders", "MyOrders", "my-orders"),
        ("my-orders.worker 2", "MyOrders.Worker2", "my-orders-worker-2"),
        ("it's", "Its", "it-s"),
        ("1Worker", "N1Worker", "1-worker"),
        ("orders_worker", "OrdersWorker", "orders_worker"),
        ("Größe", "Größe", "gr-e"),
        ("a+b", "AB", "a-b"),
        ("100% sure", "N100Sure", "100-sure"),
        ("Worker (2)", "Worker2", "worker-2"),
        ("C#", "C", "c"),
        ("Task", "TaskApp", "task"),
        ("Program", "ProgramApp", "program"),
        ("OrdersConsumer", "OrdersConsumer", "orders-consumer"),
        (".Hidden.", "Hidden", "hidden"),
        ("System.Worker", "System.Worker", "system-worker"),
    ];

    public static IReadOnlyList<(string Name, string Namespace, string Durable)> All { get; } =
    [
        .. Odd,
        ("Acme.Orders.Worker", "Acme.Orders.Worker", "acme-orders-worker"),
        ("NATSWorker", "NATSWorker", "nats-worker"),
        ("IPv6Worker", "IPv6Worker", "i-pv6-worker"),
        ("acme.orderWorker", "Acme.OrderWorker", "acme-order-worker"),
        ("...", "Worker", "worker"),
        ("&", "Worker", "worker"),
        ("a.1", "A.N1", "a-1"),
        ("My.Task.Worker", "My.TaskApp.Worker", "my-task-worker"),
    ];
}
