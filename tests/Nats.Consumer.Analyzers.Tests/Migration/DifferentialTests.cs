extern alias runtime;

using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Verification;
using Nats.Consumer.Migration;
using runtime::Nats.Consumer.Handling;
using runtime::Nats.Consumer.Routing;
using RuntimeCatalog = runtime::Nats.Consumer.Migration.ConventionCatalog;
using RuntimeTable = runtime::Nats.Consumer.Migration.ConventionTable;
using SubjectPattern = runtime::Nats.Consumer.Subjects.SubjectPattern;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>For any list of subjects, the same method is called, or the fallback taken, before and after the fix.</summary>
[Collection(LongFirst.Collection + nameof(DifferentialTests))]
public class DifferentialTests
{
    /// <summary>What the fix works with, in the runtime's route table.</summary>
    [Fact]
    public void Lists_AreRoutedAsInVersion1()
    {
        const int Count = 10_000;
        var random = new RandomConventions(1);
        int compared = 0, called = 0, ambiguous = 0;
        for (int i = 0; i < Count; i++)
        {
            var convention = random.Next();
            var routes = ConventionRoute<string>.Of(convention.Subjects, [.. convention.Methods.Select(method => new ConventionCandidate<string>(method, method, 1))]);
            routes.Any(route => route.Fate == ConventionFate.Ambiguous).ShouldBe(Version1.IsAmbiguous(convention), Show(convention));
            if (Version1.IsAmbiguous(convention))
            {
                ambiguous++;
                continue;
            }

            var table = new RouteTable([.. routes.Where(route => route.Fate == ConventionFate.Routed).Select(route => new Route(SubjectPattern.Parse(route.Subject), new HandlerMethod(route.Candidates[0].Name, [route.Subject], [], null!)))]);
            foreach (string subject in random.Probes(convention))
            {
                string? before = Version1.Route(convention, subject);
                string? after = table.Find(Encoding.UTF8.GetBytes(subject))?.Method.DisplayName;
                if (before != after) // an assertion for each would take most of the time
                    after.ShouldBe(before, $"{subject} of {Show(convention)}");
                compared++;
                called += before is null ? 0 : 1;
            }
        }

        called.ShouldBeInRange(Count, compared - Count);
        ambiguous.ShouldBeInRange(1, Count / 3);
    }

    [Fact]
    public Task Classes_AreRoutedAsBefore() => CompareAsync(seed: 2, classes: 150, DescribeOld, Describe);

    [Fact]
    [Trait("Category", "Long")]
    public async Task TenThousandClasses_AreRoutedAsBefore()
    {
        await CompareAsync(seed: 3, classes: 1000, DescribeOld, Describe);
        // The engine compiles a call for each method, which takes most of the time. The others are compared by their lists and their attributes.
        for (int seed = 4; seed < 13; seed++)
            await CompareAsync(seed, classes: 1000, ByList, ByAttributes);
    }

    /// <summary>Compiles classes, lets the fix change them, compiles them again, and asks both for the same subjects.</summary>
    private static async Task CompareAsync(int seed, int classes, Func<Type, RouteTable> routesBefore, Func<Type, RouteTable> routesAfter)
    {
        var random = new RandomConventions(seed);
        List<RandomConvention> conventions = [.. Enumerable.Range(0, classes).Select(_ => random.Next())];
        var project = TestProject.Create([RandomConventions.Write(conventions)], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var fixedProject = await FixAsync(project);
        var (before, after) = (await LoadAsync(project), await LoadAsync(fixedProject));
        int moved = 0;
        foreach (var (i, convention) in conventions.Index())
        {
            Type changed = after.GetType($"C{i}")!;
            bool isMoved = changed.BaseType!.Name == "ConsumerHandler";
            if (isMoved == Version1.IsAmbiguous(convention))
                isMoved.ShouldBe(!isMoved, $"seed {seed}, {Show(convention)}");
            if (!isMoved)
                continue;
            moved++;
            var (old, current) = (routesBefore(before.GetType($"C{i}")!), routesAfter(changed));
            foreach (string subject in random.Probes(convention))
            {
                byte[] name = Encoding.UTF8.GetBytes(subject);
                string? expected = Version1.Route(convention, subject) is { } method ? $"C{i}.{method}" : null;
                var (was, isNow) = (old.Find(name)?.Method.DisplayName, current.Find(name)?.Method.DisplayName);
                if (was != expected || isNow != expected) // an assertion for each would take most of the time
                    (was, isNow).ShouldBe((expected, expected), $"before and after, {subject} of {Show(convention)}");
            }
        }

        moved.ShouldBeGreaterThan(classes / 2);
    }

    private static RouteTable DescribeOld(Type type) => WithFallback(RuntimeCatalog.Describe(type, ReflectionCatalog.DescribeType(type), RuntimeTable.Of(type, Listed(type))));

    private static RouteTable Describe(Type type) => WithFallback(ReflectionCatalog.DescribeType(type));

    private static RouteTable WithFallback(HandlerClass described)
    {
        described.OverridesFallback.ShouldBeTrue();
        return described.Routes;
    }

    private static RouteTable ByList(Type type)
    {
        var routes = ConventionRoute<string>.Of(Listed(type), [.. MethodsOf(type).Where(method => ConventionNames.IsCandidate(method.Name)).Select(method => new ConventionCandidate<string>(method.Name, method.Name, 1))]);
        return Table(routes.Where(route => route.Fate == ConventionFate.Routed).Select(route => (route.Subject, $"{type.Name}.{route.Candidates[0].Name}")));
    }

    private static RouteTable ByAttributes(Type type) => Table(
        from method in MethodsOf(type)
        from pattern in method.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == "HandleAttribute").SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        select ((string)pattern.Value!, $"{type.Name}.{method.Name}"));

    private static RouteTable Table(IEnumerable<(string Subject, string Method)> routes) =>
        new([.. routes.Select(route => new Route(SubjectPattern.Parse(route.Subject), new HandlerMethod(route.Method, [route.Subject], [], null!)))]);

    private static MethodInfo[] MethodsOf(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static IReadOnlyList<string> Listed(Type type) => (IReadOnlyList<string>)type.GetProperty("ListedSubjects")!.GetValue(Activator.CreateInstance(type)!)!;

    private static async Task<Project> FixAsync(Project project)
    {
        var fix = new RoutedByNameFix();
        var found = await (await project.GetCompilationAsync())!.WithAnalyzers([new ConventionAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        var own = found.Where(diagnostic => diagnostic.Id == "NATS0601").ToList();
        var document = project.GetDocument(own[0].Location.SourceTree)!;
        var context = new FixAllContext(document, fix, FixAllScope.Project, fix.EquivalenceKey, ["NATS0601"], new Given(own), CancellationToken.None);
        var action = (await fix.GetFixAllProvider().GetFixAsync(context))!;
        var operations = await action.GetOperationsAsync(project.Solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        return operations.OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    private static async Task<Assembly> LoadAsync(Project project)
    {
        using var image = new MemoryStream();
        var result = (await project.GetCompilationAsync())!.Emit(image);
        result.Success.ShouldBeTrue(string.Join("; ", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    private static string Show(RandomConvention convention) => $"[{string.Join(", ", convention.Subjects)}] with {string.Join(", ", convention.Methods)}";

    private sealed class Given(List<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
