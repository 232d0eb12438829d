namespace Acme.Legacy.BusinessObjects;

public class clsOrderHandler : ConsumerHandler
{
    private readonly List<string> m_colOrders = [];

    [Handle("acme.order.{strKey}.saved")]
    public Task Order_Saved(string strKey, System.Text.Json.JsonElement objData)
    {
        m_colOrders.Add(strKey + objData.ValueKind);
        return Task.CompletedTask;
    }

    [Handle("acme.order.{lngId}.removed")]
    public async Task<Outcome> Order_Removed(long lngId)
    {
        await Task.Yield();
        return lngId > 0 ? Outcome.Ack : Outcome.Drop("There is no such order.");
    }
}

public class clsOrderConsumer : PullConsumer
{
    public override string StreamName { get { return "ACME_ORDERS"; } }

    public override string DurableName { get { return "frmMain"; } }
}
