using System;
using System.Globalization;
using NUnit.Framework;

// No namespace: NUnit then runs this once around every test of the assembly.

/// <summary>
/// Runs the whole assembly under the culture that <c>PRISM_TEST_CULTURE</c> names. Turkish has another lower case of I, and Arabic another minus
/// sign and calendar: code that forgets the invariant culture fails here and not at a player's.
/// </summary>
[SetUpFixture]
public sealed class TestCulture
{
    public static string? Requested => Environment.GetEnvironmentVariable("PRISM_TEST_CULTURE");

    [OneTimeSetUp]
    public void Apply()
    {
        string? name = Requested;
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        CultureInfo culture = CultureInfo.GetCultureInfo(name);
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.DefaultThreadCurrentUICulture = culture;
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
    }
}
