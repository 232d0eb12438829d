using Nats.Consumer.Handling;

namespace Nats.Consumer.Tests;

/// <summary>Turns handler reflection off for a while, as it is in a trimmed application. Classes that use it run alone.</summary>
internal readonly struct ReflectionSwitch : IDisposable
{
    public const string Collection = "handler reflection is off";

    public static ReflectionSwitch Off()
    {
        AppContext.SetSwitch(HandlerReflection.Switch, false);
        return default;
    }

    public void Dispose() => AppContext.SetSwitch(HandlerReflection.Switch, true);
}

[CollectionDefinition(ReflectionSwitch.Collection, DisableParallelization = true)]
public sealed class ReflectionSwitchCollection;
