using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class AuthenticationErrorsTests
{
    [Theory]
    [InlineData("Authorization Violation", true)]
    [InlineData("User Authentication Expired", true)]
    [InlineData("User Authentication Revoked", true)]
    [InlineData("Account Authentication Expired", true)]
    [InlineData("Authentication Timeout", false)]
    [InlineData("Permissions Violation for Publish to \"a\"", false)]
    [InlineData("maximum connections exceeded", false)]
    [InlineData("Stale Connection", false)]
    public void Error_OfAServer_MeansBadCredentialsOrNot(string error, bool refused) => AuthenticationErrors.Contains(error).ShouldBe(refused);
}
