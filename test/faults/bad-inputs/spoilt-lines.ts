import type { Chance } from './chance.ts';
import { spoiltText } from './odd-values.ts';

/** A text of lines with some left out, doubled, moved, or with something odd in them. */
export function spoiltLines(text: string, odd: readonly string[], chance: Chance): string {
  if (chance.is(0.08)) return spoiltText(text, chance);
  let lines = text.split('\n');
  for (let times = 1 + chance.whole(4); times > 0; times -= 1) {
    const at = chance.whole(lines.length);
    lines = changed(lines, at, odd, chance);
  }
  return lines.join(chance.is(0.1) ? '\r\n' : '\n');
}

function changed(
  lines: readonly string[],
  at: number,
  odd: readonly string[],
  chance: Chance,
): string[] {
  const line = lines[at] ?? '';
  switch (chance.whole(7)) {
    case 0:
      return lines.toSpliced(at, 1);
    case 1:
      return lines.toSpliced(at, 0, line);
    case 2:
      return lines.toSpliced(at, 1, `${' '.repeat(chance.whole(6))}${line.trimStart()}`);
    case 3:
      return lines.toSpliced(chance.whole(lines.length), 0, line);
    case 4:
      return lines.with(at, valueReplaced(line, chance.pick(odd)));
    case 5:
      return lines.with(at, inserted(line, chance.pick(odd), chance.whole(line.length + 1)));
    default:
      return lines.toSpliced(at, 0, chance.pick(odd));
  }
}

/** What stands behind a colon, or in a cell. */
function valueReplaced(line: string, odd: string): string {
  if (/:\s*\S/.test(line)) return line.replace(/:\s*\S.*$/, () => `: ${odd}`);
  return line.replace(/,[^,]*/, () => `,${odd}`);
}

function inserted(line: string, odd: string, at: number): string {
  return `${line.slice(0, at)}${odd}${line.slice(at)}`;
}
