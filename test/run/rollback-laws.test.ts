import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FieldKey, FieldValue } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { exceptionsOf } from '../../src/run/rollback.ts';
import { type CrmName, crmNames, type Ground, openGround } from './taken-back.ts';

const grounds = new Map<CrmName, Promise<Ground>>();
/** A store is opened once for each CRM, and each law begins where the last ended. */
const timeout = 400_000;

function groundOf(crm: CrmName): Promise<Ground> {
  const ground = grounds.get(crm) ?? openGround(crm, { contacts: 130, deals: 400 });
  grounds.set(crm, ground);
  return ground;
}

afterAll(async () => {
  for (const ground of grounds.values()) await (await ground).close();
});

/** What the CRM holds, flat: one entry a field and one a membership. */
type Held = ReadonlyMap<string, FieldValue>;

async function look({ held, members }: Ground): Promise<Held> {
  const fields = [...(await held())].flatMap(([id, values]) => [
    [`${id}|here`, 'yes'] as const,
    ...Object.entries(values).map(([key, value]) => [`${id}|${key}`, value] as const),
  ]);
  const lists = [...(await members())].flatMap(([key, ids]) =>
    [...ids].map((id) => [`${id}|list ${key}`, 'yes'] as const),
  );
  return new Map([...fields, ...lists]);
}

function of(held: Held, place: string): FieldValue {
  return held.get(place) ?? null;
}

/** What somebody else does between a run and its rollback; whom, as a share of all. */
const edits = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), who: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('empty' as const), who: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('list' as const), who: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), who: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), who: fc.nat() }) },
  ),
  { maxLength: 8 },
);
type Edit = typeof edits extends fc.Arbitrary<readonly (infer E)[]> ? E : never;

const texts: readonly FieldKey[] = ['reason', 'next_step', 'rfm'];

async function carryOut(ground: Ground, edit: Edit): Promise<void> {
  const ids = [...(await ground.held()).keys()];
  const id = ids[edit.who % ids.length] ?? '';
  const key = texts[edit.who % texts.length] ?? 'reason';
  switch (edit.do) {
    case 'write':
      return await ground.write(id, key, `by hand ${edit.who % 3}`);
    case 'empty':
      return await ground.write(id, key, null);
    case 'move':
      return await ground.move(id, 'Elsewhere');
    case 'remove':
      return await ground.remove(id);
    case 'list':
      return await toggle(ground, id, edit.who);
  }
}

async function toggle(ground: Ground, id: RecordId, which: number): Promise<void> {
  const lists = [...(await ground.members())];
  const [key, members] = lists[which % lists.length] ?? [];
  if (key === undefined || members === undefined) return;
  await ground.onList(key, id, members.has(id) ? 'remove' : 'add');
}

/** Every place that anything was ever seen at, of customers who are still there. */
function places(now: Held, ...seen: readonly Held[]): readonly string[] {
  const all = new Set(seen.flatMap((held) => [...held.keys()]));
  const [mark] = ['|here'];
  return [...all].filter(
    (place) => !place.endsWith(mark) && now.has(`${place.split('|')[0] ?? ''}${mark}`),
  );
}

/** What is others' stays theirs; the rest is as it was. */
function expectTakenBack(
  [before, written, edited, after]: readonly [Held, Held, Held, Held],
  listed: ReadonlySet<string>,
): void {
  for (const place of places(edited, before, written, edited, after)) {
    const [was, ours, now] = [of(before, place), of(written, place), of(edited, place)];
    const isOthers = now !== ours;
    expect([place, of(after, place)]).toEqual([place, isOthers ? now : was]);
    const isField = !place.includes('|list ');
    if (isOthers && isField && was !== ours && now !== was) expect(listed).toContain(place);
  }
}

/** Without who is there: the store knows nobody before the first run. */
function unmarked(held: Held): Held {
  return new Map([...held].filter(([place]) => !place.endsWith('|here')));
}

async function listedBy({ app }: Ground, plan: string): Promise<ReadonlySet<string>> {
  const listed = new Set<string>();
  for await (const { customerId, key } of exceptionsOf(app, plan))
    listed.add(`${customerId}|${key}`);
  return listed;
}

describe.each(crmNames)('on %s', (crm) => {
  it('what several runs wrote is taken back as one step, or run by run from the newest', {
    timeout,
  }, async () => {
    const ground = await groundOf(crm);
    await ground.resume();
    ground.settle();
    const start = new Date(Date.now() - 1).toISOString();
    const nothing = await look(ground);
    const first = await ground.run();
    const afterFirst = await look(ground);
    ground.buy(30, 5);
    const second = await ground.run();
    expect(second.plan?.summary.changes).toBeGreaterThan(0);
    const one = await ground.takeBack({ run: first.runId }, false);
    expect(one.exceptions?.['written-again']).toBeGreaterThan(0);
    await ground.resume();

    await ground.takeBack({ run: second.runId });
    expect(await look(ground)).toEqual(afterFirst);
    const all = await ground.takeBack({ to: start });
    expect(all.exceptions).toMatchObject({ changed: 0, 'written-again': 0 });
    expect(unmarked(await look(ground))).toEqual(unmarked(nothing));
    await ground.resume();
    const next = await ground.run();
    expect(next.plan?.summary.customers).toBe((await ground.held()).size);
    await ground.takeBack({ run: next.runId });
  });
});

describe.each([
  { crm: crmNames[0], runs: 4 },
  { crm: crmNames[1], runs: 2 },
])('on $crm', ({ crm, runs }) => {
  it('a run, edits of others and its rollback leave what others did, and else nothing', {
    timeout,
  }, async () => {
    const ground = await groundOf(crm);
    await fc.assert(
      fc.asyncProperty(edits, async (done) => {
        await ground.resume();
        ground.settle();
        const before = await look(ground);
        const run = await ground.run();
        const written = await look(ground);
        for (const edit of done) await carryOut(ground, edit);
        const edited = await look(ground);
        const back = await ground.takeBack({ run: run.runId });
        const after = await look(ground);
        const listed = await listedBy(ground, back.run.plan?.id ?? '');
        expectTakenBack([before, written, edited, after], listed);

        const again = await ground.takeBack({ run: back.run.runId });
        expect(again.run.outcome).toBe('done');
        const restored = await look(ground);
        for (const place of places(edited, written, edited, restored))
          expect([place, of(restored, place)]).toEqual([place, of(edited, place)]);
        await ground.takeBack({ run: again.run.runId });
      }),
      { numRuns: runs },
    );
  });
});

/** Aborts when the CRM has answered so many calls more. */
function abortAfter(calls: number, ground: Ground): AbortSignal {
  const stop = new AbortController();
  const until = ground.spent().calls + calls;
  const timer = setInterval(() => {
    if (ground.spent().calls < until) return;
    clearInterval(timer);
    stop.abort(new Error('stopped by the test'));
  }, 1);
  return stop.signal;
}

describe.each(crmNames)('on %s', (crm) => {
  it('a rollback after a run was cut short takes back exactly what arrived', {
    timeout,
  }, async () => {
    const ground = await groundOf(crm);
    await ground.resume();
    ground.settle();
    let calls = 4;
    for (let tried = 0; tried < 4; tried += 1) {
      const before = await look(ground);
      const run = await ground.run(abortAfter(calls, ground));
      calls += 2;
      const back = await ground.takeBack({ run: run.runId }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'ROLLBACK_EMPTY' });
        return null;
      });
      const after = await look(ground);
      for (const place of places(after, before, after))
        expect([place, of(after, place)]).toEqual([place, of(before, place)]);
      if (back === null) continue;
      expect(back.run.outcome).toBe('done');
      await ground.resume();
    }
  });
});
