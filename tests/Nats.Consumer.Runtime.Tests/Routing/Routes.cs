using System.Text;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Routing;

/// <summary>Tables of routes whose methods do nothing.</summary>
internal static class Routes
{
    public static HandlerMethod Method(string name, params string[] patterns) => new(name, patterns, [], (_, _, _, _) => ValueTask.FromResult(Outcome.Ack));

    public static Route Of(string pattern) => Of(SubjectPattern.Parse(pattern));

    public static Route Of(SubjectPattern pattern) => new(pattern, Method($"On.{pattern.Text}", pattern.Text));

    public static RouteTable Table(params IEnumerable<string> patterns) => new([.. patterns.Select(Of)]);

    public static string? Find(RouteTable table, string subject) => table.Find(Encoding.UTF8.GetBytes(subject))?.Pattern.Text;

    /// <summary>What the algebra says: the first of those that match, most specific first.</summary>
    public static string? Expected(IEnumerable<SubjectPattern> patterns, string subject) =>
        patterns.Where(pattern => pattern.Matches(subject)).Order(SubjectPattern.MostSpecificFirst).FirstOrDefault()?.Text;
}
