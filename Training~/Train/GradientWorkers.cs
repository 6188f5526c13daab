using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using PrismLM.Training.Data;
using PrismLM.Training.Model;
using static TorchSharp.torch;

namespace PrismLM.Training.Train
{
    /// <summary>
    /// The micro-batches of a step shared among threads, each with its own gradients and one thread inside the library: threads then meet once a
    /// step instead of in every operation, which matters most when other programs use the machine. Which worker takes a micro-batch depends on the
    /// micro-batches alone and gradients are added in the workers' order, so a step's bits depend on nothing but the number of workers.
    /// </summary>
    internal sealed class GradientWorkers : IDisposable
    {
        private readonly TrainedModel _model;
        private readonly Worker[] _workers;

        /// <param name="count">1 runs on the caller's thread, with all of the library's threads.</param>
        public GradientWorkers(TrainedModel model, int count)
        {
            _model = model;
            _workers = count > 1 ? Enumerable.Range(0, count).Select(index => new Worker(model.Replica(), index)).ToArray() : Array.Empty<Worker>();
        }

        /// <returns>Mean loss per unit of loss weight, in nats.</returns>
        public double Accumulate(IReadOnlyList<MicroBatch> batches, int padId)
        {
            var weight = batches.Sum(batch => batch.TotalWeight);
            var tokens = (double)batches.Sum(batch => batch.TokenCount);
            if (weight <= 0.0)
            {
                return 0.0;
            }

            double Run(TrainedModel model, MicroBatch batch) => TrainStep.Accumulate(model, batch, padId, 1.0 / weight, batch.TokenCount / tokens);
            if (_workers.Length == 0)
            {
                return batches.Sum(batch => Run(_model, batch)) / weight;
            }

            var assigned = Assign(batches, _workers.Length);
            for (var i = 0; i < _workers.Length; i++)
            {
                var (worker, own) = (_workers[i], assigned[i]);
                worker.Model.Lambda = _model.Lambda;
                worker.Begin(() => own.Sum(batch => Run(worker.Model, batch)));
            }

            var losses = _workers.Select(worker => worker.End()).ToArray();
            using var noGradient = no_grad();
            foreach (var worker in _workers)
            {
                _model.Parameters.Gradients.add_(worker.Model.Parameters.Gradients);
                worker.Model.Parameters.Gradients.zero_();
            }

            return losses.Sum() / weight;
        }

        public void Dispose()
        {
            foreach (var worker in _workers)
            {
                worker.Dispose();
            }
        }

        /// <summary>The largest first, each to the worker that has least.</summary>
        private static List<MicroBatch>[] Assign(IReadOnlyList<MicroBatch> batches, int workers)
        {
            var assigned = Enumerable.Range(0, workers).Select(_ => new List<MicroBatch>()).ToArray();
            var load = new long[workers];
            foreach (var batch in batches.OrderByDescending(batch => batch.Rows * batch.Columns))
            {
                var least = Array.IndexOf(load, load.Min());
                assigned[least].Add(batch);
                load[least] += batch.Rows * batch.Columns;
            }

            return assigned;
        }

        private sealed class Worker : IDisposable
        {
            private readonly BlockingCollection<Func<double>> _jobs = new();
            private readonly BlockingCollection<(double Loss, ExceptionDispatchInfo? Error)> _results = new();
            private readonly Thread _thread;

            public Worker(TrainedModel model, int index)
            {
                Model = model;
                _thread = new Thread(Run) { IsBackground = true, Name = FormattableString.Invariant($"gradients {index}") };
                _thread.Start();
            }

            public TrainedModel Model { get; }

            public void Begin(Func<double> job) => _jobs.Add(job);

            public double End()
            {
                var (loss, error) = _results.Take();
                error?.Throw();
                return loss;
            }

            public void Dispose()
            {
                _jobs.CompleteAdding();
                _thread.Join();
                _jobs.Dispose();
                _results.Dispose();
                Model.Dispose();
            }

            private void Run()
            {
                set_num_threads(1);
                foreach (var job in _jobs.GetConsumingEnumerable())
                {
                    try
                    {
                        _results.Add((job(), null));
                    }
                    catch (Exception e)
                    {
                        // Handed to the thread that asked, which throws it.
                        _results.Add((0.0, ExceptionDispatchInfo.Capture(e)));
                    }
                }
            }
        }
    }
}
