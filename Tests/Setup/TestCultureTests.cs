using System.Globalization;
using System.Threading.Tasks;
using NUnit.Framework;

namespace PrismLM.Tests.Setup
{
    /// <summary>A culture run that runs under another culture would prove nothing.</summary>
    public sealed class TestCultureTests
    {
        [Test]
        public async Task RunsUnderTheCultureThatWasAskedFor()
        {
            string? asked = TestCulture.Requested;
            if (string.IsNullOrEmpty(asked))
            {
                Assert.That(CultureInfo.DefaultThreadCurrentCulture, Is.Null, "without the variable the machine's culture is left alone");
                return;
            }

            Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo(asked));
            Assert.That(await Task.Run(() => CultureInfo.CurrentCulture.Name), Is.EqualTo(asked), "threads of the pool");
            Assert.That((-1.5).ToString(CultureInfo.CurrentCulture), Is.Not.EqualTo("-1.5"), "the culture data is there (ICU), not the invariant fallback");
        }
    }
}
