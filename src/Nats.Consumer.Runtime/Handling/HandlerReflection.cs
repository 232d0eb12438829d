using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nats.Consumer.Handling;

/// <summary>Whether handlers can be found and called by reflection, where no table of them was generated.</summary>
internal static class HandlerReflection
{
    /// <summary>Turns it off where it would work, to see what a trimmed application would do.</summary>
    public const string Switch = "Nats.Consumer.HandlerReflection";

    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "No code can find out whether it was trimmed. The trimmer itself puts false here.")]
    public static bool IsSupported => AppContext.TryGetSwitch(Switch, out bool isOn) ? isOn : RuntimeFeature.IsDynamicCodeSupported;
}
