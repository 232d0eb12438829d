using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Nats.Consumer.Handling;

/// <summary>Finds handlers and consumers in the given assemblies by reflection.</summary>
[RequiresUnreferencedCode("Handlers are found by reflection; trimming would remove them.")]
[RequiresDynamicCode("Calls to handlers are compiled at run time.")]
internal sealed class ReflectionCatalog : IHandlerCatalog
{
    private readonly List<Type> _handlers = [];
    private readonly List<Type> _consumers = [];

    public ReflectionCatalog(IEnumerable<Assembly> assemblies)
    {
        foreach (Type type in assemblies.SelectMany(TypesOf).Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            if (type.IsAssignableTo(typeof(ConsumerHandler)))
                _handlers.Add(type);
            else if (type.IsAssignableTo(typeof(JetStreamConsumer)))
                _consumers.Add(type);
        }

        _handlers.Sort(ByFullName);
        _consumers.Sort(ByFullName);
    }

    public IReadOnlyList<Type> HandlerTypes => _handlers;

    public IReadOnlyList<Type> ConsumerTypes => _consumers;

    public HandlerClass Describe(Type handlerType) => DescribeType(handlerType);

    public static HandlerClass DescribeType(Type handlerType) => Describe(handlerType, typeof(ConsumerHandler));

    /// <summary>The application: the entry assembly and what it references, as far as these reference this library.</summary>
    public static IReadOnlyList<Assembly> ApplicationAssemblies(Assembly entry)
    {
        string runtime = typeof(ReflectionCatalog).Assembly.GetName().Name!;
        var found = new HashSet<Assembly> { entry };
        var open = new Queue<Assembly>([entry]);
        while (open.TryDequeue(out Assembly? assembly))
        {
            foreach (AssemblyName name in assembly.GetReferencedAssemblies())
            {
                if (TryLoad(name) is { } reference && reference.GetReferencedAssemblies().Any(other => other.Name == runtime) && found.Add(reference))
                    open.Enqueue(reference);
            }
        }

        return [.. found];
    }

    private static HandlerClass Describe(Type handlerType, Type root)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = new List<HandlerMethod>();
        var overridden = new HashSet<MethodInfo>();
        bool overridesFallback = false;
        for (Type? type = handlerType; type is not null && type != root; type = type.BaseType)
        {
            foreach (MethodInfo method in type.GetMethods(All).OrderBy(method => method.MetadataToken))
            {
                bool isOverride = method.GetBaseDefinition() != method;
                if (isOverride && method.Name == "FallbackAsync" && method.GetBaseDefinition().DeclaringType == root)
                    overridesFallback = true;
                if (!overridden.Add(method.GetBaseDefinition()))
                    continue; // the override has been seen, with the attributes that it inherits
                string[] patterns = [.. method.GetCustomAttributes<HandleAttribute>(inherit: true).SelectMany(handle => handle.Patterns)];
                if (patterns.Length > 0 || method.IsDefined(typeof(HandleAttribute), inherit: true))
                    methods.Add(HandlerMethodFactory.Create(handlerType, method, patterns));
            }
        }

        return new HandlerClass(handlerType, methods, overridesFallback);
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            throw new ConsumerConfigurationException(
                $"The types of {assembly.GetName().Name} cannot be loaded, so its handlers cannot be found: {e.LoaderExceptions.FirstOrDefault()?.Message}", e);
        }
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null; // a reference that is not there at run time holds no handlers
        }
    }

    private static int ByFullName(Type x, Type y) => string.CompareOrdinal(x.FullName, y.FullName);
}
