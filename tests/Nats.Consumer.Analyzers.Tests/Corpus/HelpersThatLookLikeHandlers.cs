namespace Orders.Tools;

[AttributeUsage(AttributeTargets.Method)]
public sealed class HandleAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

public class CommandTable
{
    [Handle("orders-created; not a subject")]
    public static void Print() => Console.WriteLine(nameof(Print));

    [Handle("")]
    private void Wait() => Thread.Sleep(1);

    public void Run()
    {
        Wait();
        Task.Delay(1).Wait();
    }
}
