using Nats.Consumer.Migration;

namespace Nats.Consumer.Tests.Migration;

/// <summary>The golden table: what version 1 itself answered for each of these subjects.</summary>
public class ConventionNamesTests
{
    [Theory]
    [InlineData("orders.created", "handle_created")]
    [InlineData("orders-created", "handle_created")]
    [InlineData("orders_created", "handle_created")]
    [InlineData("orders", "handle_orders")]
    [InlineData("ordercreated", "handle_ordercreated")]
    [InlineData("orders.old.deleted", "handle_old_deleted")]
    [InlineData("users.profile.updated", "handle_profile_updated")]
    [InlineData("users.profile-picture.updated", "handle_profile_picture_updated")]
    [InlineData("users.profile.picture.updated", "handle_profile_picture_updated")]
    [InlineData("user_accounts.created", "handle_accounts_created")]
    [InlineData("user-accounts.created", "handle_accounts_created")]
    [InlineData("user_accounts", "handle_accounts")]
    [InlineData("orders.order_created", "handle_order_created")]
    [InlineData("a.b_c", "handle_b_c")]
    [InlineData("a.b.c", "handle_b_c")]
    [InlineData("a.b-c", "handle_b_c")]
    [InlineData("a.b.c.d.e.f", "handle_b_c_d_e_f")]
    [InlineData("orders.Created", "handle_Created")]
    [InlineData("Orders.Created", "handle_Created")]
    [InlineData("orders.created.v2", "handle_created_v2")]
    [InlineData("orders.v1.created", "handle_v1_created")]
    [InlineData("orders.2fa", "handle_2fa")]
    [InlineData("orders.créé", "handle_créé")]
    [InlineData("orders.class", "handle_class")]
    [InlineData("orders.handle", "handle_handle")]
    [InlineData("orders.created_", "handle_created_")]
    [InlineData("orders..created", "handle__created")]
    [InlineData("orders.", "handle_")]
    [InlineData(".orders", "handle_orders")]
    [InlineData("_orders.created", "handle_orders_created")]
    [InlineData("", "handle_")]
    [InlineData("$JS.EVENT.X", "handle_EVENT_X")]
    [InlineData("orders:created", "handle_orders:created")]
    [InlineData("user:availed", "handle_user:availed")]
    [InlineData("orders created", "handle_orders created")]
    public void Subject_HasTheMethodOfVersion1(string subject, string method)
    {
        ConventionNames.MethodOf(subject).ShouldBe(method);
        ConventionNames.HasWildcard(subject).ShouldBeFalse();
    }

    [Theory]
    [InlineData("orders.*")]
    [InlineData("orders.>")]
    [InlineData("cre*.a")]
    public void Wildcard_IsSkipped(string subject) => ConventionNames.HasWildcard(subject).ShouldBeTrue();

    [Theory]
    [InlineData("orders.created", "HandleCreated", true)]
    [InlineData("orders.created", "HandleCreatedAsync", true)]
    [InlineData("orders.created", "Handle_Created", true)]
    [InlineData("orders.created", "handle_created_async", true)]
    [InlineData("users.profile-picture.updated", "HandleProfilePictureUpdated", true)]
    [InlineData("user_accounts.created", "HandleAccountsCreated", true)]
    [InlineData("user_accounts.created", "HandleUserAccountsCreated", false)]
    [InlineData("orders.created", "OnCreated", false)]
    [InlineData("orders.created", "HandleCreate", false)]
    [InlineData("orders.async", "HandleAsync", false)]
    [InlineData("async", "HandleAsync", false)]
    [InlineData("orders.message", "HandleMessageAsync", false)]
    [InlineData("orders.error", "HandleErrorAsync", false)]
    [InlineData("orders.error", "HandleError", true)]
    [InlineData("orders.", "Handle", false)]
    public void Spelling_MeansTheSubjectOrNot(string subject, string method, bool means) => ConventionNames.Means(method, subject).ShouldBe(means);
}
