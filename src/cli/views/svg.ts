import { escaped } from './html.ts';
import { percent } from './verdict-text.ts';

/** What a chart is called, and what it shows in a sentence for who cannot see it. */
export type ChartTitle = { readonly title: string; readonly says: string };

const WIDTH = 640;
const HEIGHT = 380;
const LEFT = 56;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 44;

/** A line in a chart whose axes run from 0 to 1. */
export type Line = {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
};

/** Lines over shares: both axes from 0 to 100 %. */
export function lineChart(about: ChartTitle, axes: Axes, lines: readonly Line[]): string {
  const drawn = lines.map(({ label, points }, at) => {
    const path = points.map(([x, y]) => `${tenth(across(x))},${tenth(down(y))}`).join(' ');
    return `<polyline class="line s${at}" points="${path}"><title>${escaped(label)}</title></polyline>`;
  });
  const keys = lines.map(
    ({ label }, at) =>
      `<line class="line s${at}" x1="${WIDTH - 200}" x2="${WIDTH - 172}" y1="${HEIGHT - BOTTOM - 16 - 18 * (lines.length - 1 - at)}" y2="${HEIGHT - BOTTOM - 16 - 18 * (lines.length - 1 - at)}"/><text x="${WIDTH - 166}" y="${HEIGHT - BOTTOM - 12 - 18 * (lines.length - 1 - at)}">${escaped(label)}</text>`,
  );
  return chart(about, `${shareAxes(axes)}${drawn.join('')}${keys.join('')}`);
}

type Axes = { readonly across: string; readonly up: string };

/** A dot with its interval, in a chart whose axes run from 0 to 1. */
export type Dot = {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly label: string;
};

/** Dots about the line on which both are equal. */
export function dotChart(about: ChartTitle, axes: Axes, dots: readonly Dot[]): string {
  const equal = `<line class="equal" x1="${across(0)}" y1="${down(0)}" x2="${across(1)}" y2="${down(1)}"/>`;
  const drawn = dots.map(({ x, y, low, high, label }) => {
    const at = tenth(across(x));
    return `<g><title>${escaped(label)}</title><line class="whisker" x1="${at}" x2="${at}" y1="${tenth(down(low))}" y2="${tenth(down(high))}"/><circle class="dot" cx="${at}" cy="${tenth(down(y))}" r="5"/></g>`;
  });
  return chart(about, `${shareAxes(axes)}${equal}${drawn.join('')}`);
}

/** A bar with the text that stands at its end. */
export type Bar = { readonly label: string; readonly value: number; readonly text: string };

const BAR = 30;

/** Bars that lie, from 0 to the longest. */
export function barChart({ title, says }: ChartTitle, bars: readonly Bar[]): string {
  const longest = Math.max(...bars.map(({ value }) => value), 0);
  const room = WIDTH - 300;
  const drawn = bars.map(({ label, value, text }, at) => {
    const y = at * BAR + 6;
    const width = longest > 0 ? (Math.max(0, value) / longest) * room : 0;
    return `<text class="end" x="160" y="${y + 15}">${escaped(label)}</text><rect class="bar" x="170" y="${y}" width="${tenth(width)}" height="20"/><text x="${tenth(178 + width)}" y="${y + 15}">${escaped(text)}</text>`;
  });
  return frame({ title, says }, bars.length * BAR + 10, drawn.join(''));
}

function chart(about: ChartTitle, body: string): string {
  return frame(about, HEIGHT, body);
}

function frame({ title, says }: ChartTitle, height: number, body: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${title}. ${says}`)}"><title>${escaped(title)}</title><desc>${escaped(says)}</desc>${body}</svg>`;
}

function shareAxes(axes: Axes): string {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((tick) => {
    const text = percent(tick).replace('.0', '');
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${tenth(down(tick))}" y2="${tenth(down(tick))}"/><text class="end" x="${LEFT - 6}" y="${tenth(down(tick) + 4)}">${text}</text><text class="middle" x="${tenth(across(tick))}" y="${HEIGHT - BOTTOM + 18}">${text}</text>`;
  });
  const names = `<text class="middle" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}">${escaped(axes.across)}</text><text class="middle" transform="translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">${escaped(axes.up)}</text>`;
  return `${ticks.join('')}${names}`;
}

function across(share: number): number {
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

function down(share: number): number {
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
