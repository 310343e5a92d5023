import { isDeepStrictEqual } from 'node:util';
import { provisionConnection } from '../../../src/run/provision.ts';
import type { RunReport } from '../../../src/run/report.ts';
import { runConnection } from '../../../src/run/run-connection.ts';
import { chanceOf } from '../bad-inputs/chance.ts';
import { type Desk, openDesk } from '../faults/desk.ts';
import { type Ground, openGround, type TenantName, tenantNames } from '../faults/ground.ts';
import { days } from '../kill/stand.ts';
import type { Case, OpenPart, Outcome, Part, PartOptions } from '../kit/part.ts';

/**
 * Histories in a CRM, in any order: merges, deletions, restores, other addresses, deals that change hands,
 * are won, lost and won again, between delta runs. At the end the sum over customers is won revenue less
 * what is nobody's, and every customer's figures are those of a store that never saw the history.
 */
export const histories: Part = { name: 'histories', counts: 'schedules', open };

const perTenant = 30;
const rounds = 3;
const mostDeeds = 8;

async function open({ seed, signal }: PartOptions): Promise<OpenPart> {
  const ground = await openGround(signal);
  const cases = tenantNames.flatMap((name) =>
    Array.from({ length: perTenant }, (_, at): Case => {
      const id = `${name}/${at}`;
      return { id, run: (stop) => lived(ground, name, seed, id, stop) };
    }),
  );
  return { cases, sideBySide: 4, close: ground.close };
}

async function lived(
  ground: Ground,
  name: TenantName,
  seed: number,
  id: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const chance = chanceOf(seed, 'history', id);
  const tenant = await ground.tenant(name);
  const [own, fresh] = [await ground.store(), await ground.store()];
  const told: string[] = [];
  try {
    const desk = await openDesk(tenant, own.url, signal);
    await desk.connected((ctx) =>
      provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
    );
    let report = await runOnce(desk, true);
    for (let round = 0; round < rounds; round += 1) {
      tenant.wait(600_000);
      for (let deeds = 1 + chance.whole(mostDeeds); deeds > 0; deeds -= 1)
        told.push(tenant.befall(chance));
      tenant.wait(600_000);
      report = await runOnce(desk, false);
      told.push(`run: ${report.outcome}`);
    }
    const after = await figures(desk);
    await desk.close();
    const other = await openDesk(tenant, fresh.url, signal);
    const freshReport = await runOnce(other, true);
    const expected = await figures(other);
    await other.close();
    const why =
      sumIsWrong(after, report) ?? sumIsWrong(expected, freshReport) ?? differ(expected, after);
    return why === null
      ? { status: 'equal' }
      : { status: 'mismatch', why: `${why}\n  after ${told.join('; ')}` };
  } finally {
    await tenant.close();
    await own.remove();
    await fresh.remove();
  }
}

async function runOnce(desk: Desk, full: boolean): Promise<RunReport> {
  const report = await desk.connected((ctx) => runConnection(ctx, { full, asOf: days.second }));
  if (report.stopped === null) return report;
  throw new Error(`${report.stopped.code}: ${report.stopped.message}`);
}

type Figures = ReadonlyMap<string, { readonly netEver: number }>;

async function figures({ app }: Desk): Promise<Figures> {
  const rows = await app.store.scores.page('main', { after: null, limit: 10_000 });
  return new Map(rows.map(({ score }) => [score.customerId, score.signals]));
}

/** The law of odd-world.test.ts: nothing twice, nothing lost. */
function sumIsWrong(found: Figures, { pull }: RunReport): string | null {
  const sum = [...found.values()].reduce((all, { netEver }) => all + netEver, 0);
  const won = (pull?.counts.wonMinor ?? 0) - (pull?.counts.unattributedMinor ?? 0);
  return sum === won ? null : `customers have ${sum} of ${won} won`;
}

function differ(expected: Figures, found: Figures): string | null {
  for (const id of new Set([...expected.keys(), ...found.keys()])) {
    const [wanted, had] = [expected.get(id), found.get(id)];
    if (!isDeepStrictEqual(wanted, had))
      return `customer ${id}: ${JSON.stringify(had)} instead of ${JSON.stringify(wanted)}`;
  }
  return null;
}
