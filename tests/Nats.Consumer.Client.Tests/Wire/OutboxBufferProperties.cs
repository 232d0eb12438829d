using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class OutboxBufferProperties
{
    private enum Step
    {
        Append,
        AppendLarge,
        Prepend,
        DropForDisconnect,
        DropExpired,
        Clear,
    }

    private sealed record Command(string Text, bool DropOnDisconnect, long ExpiresAt);

    private static readonly Gen<(Step Step, bool Drop, int Expires)> AnyStep =
        from step in Gen.Frequency(
            (12, Gen.Constant(Step.Append)), (1, Gen.Constant(Step.AppendLarge)), (2, Gen.Constant(Step.Prepend)),
            (2, Gen.Constant(Step.DropForDisconnect)), (2, Gen.Constant(Step.DropExpired)), (1, Gen.Constant(Step.Clear)))
        from drop in Gen.Elements(true, false)
        from expires in Gen.Choose(0, 9)
        select (step, drop, expires);

    [Fact]
    public void Buffer_AfterAnySteps_HoldsWhatAListWould() =>
        Prop.ForAll(AnyStep.ListOf().ToArbitrary(), steps =>
        {
            var buffer = new OutboxBuffer();
            var model = new List<Command>();
            int number = 0;
            foreach ((Step step, bool drop, int expires) in steps)
            {
                string text = $"<{++number}>{(step == Step.AppendLarge ? new string('x', 50_000) : "")}";
                Apply(buffer, model, step, new Command(text, drop, expires));
                Encoding.ASCII.GetString(buffer.Content.Span).ShouldBe(string.Concat(model.Select(command => command.Text)));
                buffer.Length.ShouldBe(buffer.Content.Length);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60));

    private static void Apply(OutboxBuffer buffer, List<Command> model, Step step, Command command)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(command.Text);
        switch (step)
        {
            case Step.Append or Step.AppendLarge:
                buffer.Append(bytes, command.DropOnDisconnect, command.ExpiresAt);
                model.Add(command);
                break;
            case Step.Prepend:
                buffer.Prepend(bytes);
                model.Insert(0, command with { DropOnDisconnect = false, ExpiresAt = 0 });
                break;
            case Step.DropForDisconnect:
                buffer.DropForDisconnect();
                model.RemoveAll(queued => queued.DropOnDisconnect);
                break;
            case Step.DropExpired:
                buffer.DropExpired(command.ExpiresAt).ShouldBe(model.RemoveAll(queued => queued.ExpiresAt != 0 && queued.ExpiresAt <= command.ExpiresAt));
                break;
            case Step.Clear:
                buffer.Clear();
                model.Clear();
                break;
        }
    }
}
