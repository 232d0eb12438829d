using System.Globalization;
using System.Text.RegularExpressions;

namespace Nats.Consumer.Samples.Tests;

/// <summary>The summary of samples/GitHubEvents, read from what it prints.</summary>
internal sealed class GitHubEventsSummary(string output)
{
    public int Published => int.Parse(Find("^Published +(\\d+): ").Single()[0], CultureInfo.InvariantCulture);

    public int Acknowledged => int.Parse(Find("^Acknowledged +(\\d+),").Single()[0], CultureInfo.InvariantCulture);

    /// <summary>Rows of the table: route and messages.</summary>
    public Dictionary<string, int> Routes => Find("^(\\S+|dead letters) +(\\d+)$").ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));

    /// <summary>Seconds planned, seconds measured.</summary>
    public List<(double Planned, double Measured)> Retries =>
        [.. Find("^Retried .*planned after ([\\d.]+) s, came after ([\\d.]+) s$").Select(row => (double.Parse(row[0], CultureInfo.InvariantCulture), double.Parse(row[1], CultureInfo.InvariantCulture)))];

    /// <summary>Subject and reason.</summary>
    public List<(string Subject, string Reason)> DeadLetters => [.. Find("^Dead-lettered +(\\S+), sequence \\d+: (.*)$").Select(row => (row[0], row[1]))];

    public void ShouldAddUp()
    {
        Published.ShouldBe(330);
        Acknowledged.ShouldBe(329);
        Dictionary<string, int> routes = Routes;
        routes.Remove("total", out int total).ShouldBeTrue();
        total.ShouldBe(330);
        routes.Count.ShouldBe(9);
        routes.Values.Sum().ShouldBe(330);
        routes.ShouldAllBe(route => route.Value > 0);
        routes["dead letters"].ShouldBe(1);

        Retries.Select(retry => retry.Planned).ShouldBe([0.5, 1]);
        foreach ((double planned, double measured) in Retries)
            measured.ShouldBeInRange(planned - 0.005, planned + 2);

        (string subject, string reason) = DeadLetters.ShouldHaveSingleItem();
        subject.ShouldBe("github.issues.opened");
        reason.ShouldContain("IssueEvent");
        output.ShouldContain("\nOK: each of the 330 messages was finished exactly once.\n");
        output.ShouldNotContain("DIFFERS");
    }

    private IEnumerable<string[]> Find(string line) =>
        Regex.Matches(output, line, RegexOptions.Multiline).Select(match => match.Groups.Values.Skip(1).Select(group => group.Value).ToArray());
}
