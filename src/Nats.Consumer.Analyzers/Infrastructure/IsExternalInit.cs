namespace System.Runtime.CompilerServices;

/// <summary>The compiler knows it by name; netstandard2.0 lacks it.</summary>
internal static class IsExternalInit;
