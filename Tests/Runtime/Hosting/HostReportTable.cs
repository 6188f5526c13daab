using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using PrismLM.Tests.Dialogue;
using PrismLM.Tests.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Tests.Vulkan.Engine;

namespace PrismLM.Tests.Hosting
{
    /// <summary>What users report of other tools that run models in games, and the tests that answer it here.</summary>
    public sealed class HostReportTable
    {
        private static IEnumerable<TestCaseData> Rows()
        {
            yield return Row(
                "crash on the second Play (LLMUnity #320, #365); exit while loading closes the editor (#171)",
                (typeof(HostReportTests), nameof(HostReportTests.ManyLivesLeaveNothingBehind)),
                (typeof(LifetimeTests), nameof(LifetimeTests.DevicesComeAndGoWithoutGrowth)),
                (typeof(ReloadTests), nameof(ReloadTests.DisposalIsQuickAlsoWhileLoading)));
            yield return Row(
                "freeze on stop until warm-up ends (LLMUnity #280)",
                (typeof(HostReportTests), nameof(HostReportTests.DisposeReturnsAtOnceAtEveryStep)),
                (typeof(ReloadTests), nameof(ReloadTests.DisposalIsQuickAlsoWhileLoading)),
                (typeof(ReloadTests), nameof(ReloadTests.LoadingCanBeCancelledAtAnyMoment)));
            yield return Row(
                "one failed load breaks everything after it (LLMUnity #414)",
                (typeof(PrismRuntimeTests), nameof(PrismRuntimeTests.AFileThatIsNoModelIsRefusedAndALaterOneLoads)),
                (typeof(ReloadTests), nameof(ReloadTests.AFailedReloadChangesNothing)));
            yield return Row(
                "context overflow needs an editor restart (LLMUnity #385)",
                (typeof(CrowdTests), nameof(CrowdTests.ThirtyTwoNpcsTalkTenThousandTokensInFlatMemory)),
                (typeof(NpcMemoryTests), nameof(NpcMemoryTests.ThreeHundredTurnsStayFlatAndKeepThePersona)));
            yield return Row(
                "silent fallback to the processor (LLMUnity #202); GPU crash that cannot be caught (#294); silent exit when memory is short (nobodywho #43)",
                (typeof(PrismRuntimeTests), nameof(PrismRuntimeTests.ChoosesABackendAndSaysWhy)),
                (typeof(PrismRuntimeTests), nameof(PrismRuntimeTests.FallsBackLoudlyWhenOnlySoftwareVulkanIsThere)),
                (typeof(RuntimeFaultTests), nameof(RuntimeFaultTests.EveryReplyEndsAndTheNextRuntimeWorks)),
                (typeof(AwaitTests), nameof(AwaitTests.NeverThrows)));
            yield return Row(
                "two NPCs at once crash the engine (nobodywho #81); one global lock",
                (typeof(CrowdTests), nameof(CrowdTests.ThirtyTwoNpcsTalkTenThousandTokensInFlatMemory)),
                (typeof(HandlerTests), nameof(HandlerTests.ThirtyTwoNpcsUnderRandomLoad)));
            yield return Row(
                "background generation freezes the system (godot-llm #17); 0.1 s becomes 10 s under render load (NeuroSync #6)",
                (typeof(DeviceBudgetTests), nameof(DeviceBudgetTests.SixtyTicksCostSixtyBudgetsAndTheLargestTick)),
                (typeof(FrameBudgetTests), nameof(FrameBudgetTests.EveryReplyEnds)),
                (typeof(SliceTests), nameof(SliceTests.ANarrowedStepPrefersWhoMattersAndForgetsNobody)));
            yield return Row(
                "layers a frame: 0.35 s in the editor, 1.5 s in a capped build (Barracuda #70)",
                (typeof(FrameBudgetTests), nameof(FrameBudgetTests.SixtyTicksCostSixtyBudgetsAndASlice)),
                (typeof(SliceTests), nameof(SliceTests.ABudgetOfSeveralStepsReadsAWholePromptInOneTick)));
            yield return Row(
                "broken characters in the stream (LLamaSharp #265)",
                (typeof(HostReportTests), nameof(HostReportTests.RandomCutsOfBytesGiveWholeCharacters)),
                (typeof(TextCleanerTests), nameof(TextCleanerTests.EventsCarryWholeCharacters)),
                (typeof(SchedulerTests), nameof(SchedulerTests.NoEventEverHoldsHalfACharacter)));
            yield return Row(
                "different text for each slot at temperature 0 (llama.cpp #7052)",
                (typeof(BatchBitsTests), nameof(BatchBitsTests.ABatchGivesTheBitsOfOne)),
                (typeof(VulkanEngineTests), nameof(VulkanEngineTests.ThirtyTwoSequencesAreTheirSolos)));
            yield return Row(
                "400 MB a character in saves (LLMUnity #167); a restore that restores nothing (llama.cpp #26676)",
                (typeof(SavedReplyTests), nameof(SavedReplyTests.AnotherProcessGoesOnWithTheSameTokens)),
                (typeof(SavedReplyTests), nameof(SavedReplyTests.TheRestHasTheSameTokens)));
            yield return Row(
                "stop words, structured events, a context for each character (LLMUnity #76, #265, #130, #270)",
                (typeof(SchedulerTests), nameof(SchedulerTests.AStopSequenceOverSeveralTokensIsNeverShown)),
                (typeof(NpcConstraintTests), nameof(NpcConstraintTests.SpeechTakesNoOtherActionThanThePersonas)),
                (typeof(NpcConstraintTests), nameof(NpcConstraintTests.AChoiceIsOneOfTheLines)),
                (typeof(HostReportTests), nameof(HostReportTests.EveryCharacterHasItsOwnContext)));
        }

        /// <summary>The compiler checks the names; this, that NUnit runs what they name.</summary>
        [TestCaseSource(nameof(Rows))]
        public void IsAnsweredByTests((Type Fixture, string Test)[] answers)
        {
            foreach ((Type fixture, string test) in answers)
            {
                MethodInfo method = fixture.GetMethod(test)!;
                bool runs = method.GetCustomAttributes().Any(attribute => attribute is TestAttribute || attribute is TestCaseAttribute || attribute is TestCaseSourceAttribute);
                bool left = method.GetCustomAttributes().Concat(fixture.GetCustomAttributes()).Any(attribute => attribute is IgnoreAttribute || attribute is ExplicitAttribute);
                Assert.That(runs && !left, Is.True, "{0}.{1} is not run", fixture.Name, test);
            }
        }

        private static TestCaseData Row(string report, params (Type Fixture, string Test)[] answers) => new TestCaseData((object)answers).SetArgDisplayNames(report);
    }
}
