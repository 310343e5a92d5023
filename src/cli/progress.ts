import type { Progress, Stage } from '../domain/progress.ts';
import type { Clock } from '../lib/clock.ts';
import type { Screen } from './screen.ts';
import { count, elapsed } from './views/figures.ts';
import { renderBar } from './views/progress-bar.ts';

/** Nothing is shown of what takes less. */
const patienceMs = 2000;
const redrawMs = 120;
const lineMs = 5000;

type Standing = {
  readonly startedAt: number;
  readonly total: number | null;
  readonly done: number;
};

/** Progress with its end: stops the timer and takes the bar away. */
export type ScreenProgress = Progress & { readonly close: () => void };

/** A bar on a terminal, a plain line every few seconds elsewhere, on stderr. */
export function screenProgress(screen: Screen, clock: Pick<Clock, 'now'>): ScreenProgress {
  const standing = new Map<Stage, Standing>();
  const draw = () => {
    const shown = [...standing].filter(
      ([, { startedAt }]) => clock.now() - startedAt >= patienceMs,
    );
    const bars = shown.map(([stage, at]) =>
      renderBar({ ...at, stage, elapsedMs: clock.now() - at.startedAt, columns: screen.columns }),
    );
    if (screen.isWatched) screen.status(bars.at(-1) ?? '');
    else for (const bar of bars) screen.say(bar);
  };
  const timer = setInterval(draw, screen.isWatched ? redrawMs : lineMs).unref();
  return {
    start: (stage, total) => standing.set(stage, { startedAt: clock.now(), total, done: 0 }),
    advance: (stage, by) => {
      const at = standing.get(stage);
      if (at !== undefined) standing.set(stage, { ...at, done: at.done + by });
    },
    end: (stage) => {
      const at = standing.get(stage);
      standing.delete(stage);
      if (at === undefined || clock.now() - at.startedAt < patienceMs) return;
      screen.status('');
      screen.say(`${stage}: ${count(at.done)} in ${elapsed(clock.now() - at.startedAt)}`);
    },
    close: () => {
      clearInterval(timer);
      screen.status('');
    },
  };
}
