namespace Settle;
public sealed class LateHandler(ILogger log) : ConsumerHandler
{
    [Handle("late.cleanup")]
    public async Task OnCleanupAsync(MessageContext message, CancellationToken cancellationToken)
    {
        await message.AckSyncAsync(cancellationToken);
        try
        {
            if (message.Pending > 10)
                throw new InvalidOperationException("too many");
            await File.AppendAllTextAsync("journal", message.Subject, cancellationToken);
        }
        catch (Exception e)
        {
            log.Write(e.Message);
        }
    }
    [Handle("late.guard")]
    public async Task<Outcome> OnGuardAsync(MessageContext message, CancellationToken cancellationToken)
    {
        try
        {
            await File.AppendAllTextAsync("journal", message.Subject, cancellationToken);
            await message.AckAsync(cancellationToken);
        }
        catch (IOException)
        {
            if (!message.IsSettled)
                await message.NakAsync(TimeSpan.FromSeconds(3), cancellationToken);
        }
        finally
        {
            log.Write("done");
        }
        return Outcome.Ack;
    }
}
public interface ILogger { void Write(string text); }
