import type { Forecast } from '../../policy/cut-points.ts';
import type { Policy } from '../../policy/schema.ts';
import { type WhileAlive, whileAliveReader } from '../clv/while-alive.ts';

type Reader = (x: number, T: number) => WhileAlive;

/** Pairs kept, some two megabytes: a base's customers share most of them. */
const MOST_PAIRS = 20_000;

// What is known under a forecast is let go with it. Results are the same without.
const readers = new WeakMap<Forecast, WeakMap<Policy['lifetime'], Reader>>();

/** What the forecast expects of somebody who still is a customer, in days. */
export function whileAliveUnder(forecast: Forecast, lifetime: Policy['lifetime']): Reader {
  const ofForecast = readers.get(forecast) ?? new WeakMap<Policy['lifetime'], Reader>();
  readers.set(forecast, ofForecast);
  const before = ofForecast.get(lifetime);
  if (before !== undefined) return before;
  const { model, params } = forecast;
  const horizon = lifetime.horizonDays;
  const ahead = { model, unit: 'day', params, horizon, terms: lifetime } as const;
  const reader = whileAliveReader(ahead, MOST_PAIRS);
  ofForecast.set(lifetime, reader);
  return reader;
}
