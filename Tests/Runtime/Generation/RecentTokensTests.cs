using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class RecentTokensTests
    {
        [Test]
        public void KeepsTheLastSixtyFourNewestLast()
        {
            var recent = new RecentTokens();
            recent.Fill(Enumerable.Range(0, 100).ToArray(), default);
            recent.Add(500);
            Assert.That(recent.Span.ToArray(), Is.EqualTo(Enumerable.Range(37, 63).Concat(new[] { 500 })));
        }

        [Test]
        public void LeavesStopTokensOfThePromptOutAndStartsOver()
        {
            var recent = new RecentTokens();
            recent.Fill(new[] { 9, 9 }, default);
            recent.Fill(new[] { 1, 7, 2, 8, 3 }, new[] { 7, 8 });
            Assert.That(recent.Span.ToArray(), Is.EqualTo(new[] { 1, 2, 3 }));
        }
    }
}
