using System.Data;
using System.Data.Common;

namespace Storage;

public sealed class LedgerHandler(DbDataSource database) : ConsumerHandler
{
    [Handle("ledger.{account}")]
    public async Task OnEntryAsync(string account, decimal amount, MessageContext message, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "insert into ledger (account, amount, sequence) values (@account, @amount, @sequence) on conflict do nothing";
        Add(command, "account", account);
        Add(command, "amount", amount);
        Add(command, "sequence", (long)message.StreamSequence);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await message.AckSyncAsync(cancellationToken);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
