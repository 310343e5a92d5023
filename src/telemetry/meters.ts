import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { metricList, type NameOf } from './metric-list.ts';

/** Seconds: calls and requests take tens of milliseconds, runs minutes. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

type Labels = Readonly<Record<string, string>>;

/** The metrics of the list in a registry of their own, by name. */
export type Meters = {
  readonly registry: Registry;
  readonly count: (name: NameOf<'counter'>, labels: Labels, by?: number) => void;
  readonly observe: (name: NameOf<'histogram'>, labels: Labels, seconds: number) => void;
  /** Replaces all values of a gauge. */
  readonly show: (name: NameOf<'gauge'>, values: readonly GaugeValue[]) => void;
};

export type GaugeValue = { readonly labels: Labels; readonly value: number };

export function newMeters(): Meters {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, { type, labels, help }] of Object.entries(metricList)) {
    const options = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === 'counter') counters.set(name, new Counter(options));
    else if (type === 'gauge') gauges.set(name, new Gauge(options));
    else histograms.set(name, new Histogram({ ...options, buckets }));
  }
  return {
    registry,
    count: (name, labels, by = 1) => counters.get(name)?.inc({ ...labels }, by),
    observe: (name, labels, seconds) => histograms.get(name)?.observe({ ...labels }, seconds),
    show: (name, values) => {
      const gauge = gauges.get(name);
      gauge?.reset();
      // One without labels went back to 0, which says something.
      if (values.length === 0 && metricList[name].labels.length === 0) gauge?.remove();
      for (const { labels, value } of values) gauge?.set({ ...labels }, value);
    },
  };
}
