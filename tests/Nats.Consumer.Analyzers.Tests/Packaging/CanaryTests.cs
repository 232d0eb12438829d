using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>The canary's source breaks every rule that is on: what it does not report when the SDK's compiler builds it does not run there.</summary>
public class CanaryTests
{
    public static string Source => Repository.Read("tests", "Nats.Consumer.Analyzers.Tests", "Canary", "Program.cs");

    public static IEnumerable<string> Rules => Shipped.Rules.Where(rule => rule.IsEnabledByDefault).Select(rule => rule.Id).Distinct();

    [Fact]
    public async Task Canary_BreaksEveryRuleThatIsOn()
    {
        var project = TestProject.Create([Source], editorConfig: null, withRuntime: true, OutputKind.ConsoleApplication);
        var found = (await project.AnalyzeAsync(Shipped.Analyzers)).Select(diagnostic => diagnostic.Id).Distinct();
        Rules.Except(found).ShouldBeEmpty();
    }
}
