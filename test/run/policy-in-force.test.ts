import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { openApp } from '../../src/app.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { draftNote } from '../../src/run/draft-note.ts';
import { proposalOf } from '../../src/run/policy-proposal.ts';
import { sideOfText } from '../../src/run/policy-side.ts';
import { earlierSide, publishPolicy } from '../../src/run/publish-policy.ts';
import { simulatePolicy } from '../../src/run/simulate-policy.ts';
import type { Store } from '../../src/store/store.ts';
import { type Holding, openHolding } from '../jobs/holding.ts';
import { policy, policyText } from '../score/default-policy.ts';
import { startServer } from '../store/embedded-server.ts';
import { AS_OF, benchConfig, openWorkbench, type Workbench } from './workbench.ts';

const word = { by: 'anna', at: '2026-11-22T10:00:00.000Z', why: 'a test' };

function draftOf(from: string, to: string) {
  expect(policyText).toContain(from);
  return sideOfText(policyText.replace(from, to), 'draft.yaml');
}

const otherDays = draftOf('newCustomer: 90', 'newCustomer: 30');
const otherName = draftOf('{ en: Platinum,', '{ en: Iridium,');

async function publish(store: Store, draft: ReturnType<typeof draftOf>) {
  const asked = await proposalOf(store, draft, () => sideOfText(policyText, 'the file'));
  return await publishPolicy(store, asked, { ...word, approve: asked.approve });
}

async function opened(app: App) {
  const { signal } = new AbortController();
  return await app.openConnection('main', { progress: silentProgress, signal });
}

describe('the policy in force, of several processes on one server', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let bench: Workbench;
  let other: App;

  beforeAll(async () => {
    server = await startServer();
    const databaseUrl = await server.database('policies');
    bench = await openWorkbench({ contacts: 60, deals: 200, databaseUrl });
    const config = benchConfig(bench.sandbox, '', { databaseUrl });
    other = await openApp({ config, policy, clock: systemClock, log: silentLogger });
    await bench.provision();
    await bench.run();
  }, 120_000);

  afterAll(async () => {
    await other.close();
    await bench.close();
    await server.stop();
  });

  /** All rows of all tables; how much of the quota is used aside. */
  async function everything(): Promise<ReadonlyMap<string, unknown>> {
    const client = server.client('policies');
    await client.connect();
    const { rows } = await client.query(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_name <> 'quota' order by 1`,
    );
    const found = new Map<string, unknown>();
    for (const { name } of rows) {
      const all = await client.query(
        `select count(*)::int as count, md5(string_agg(t::text, '|' order by t::text)) as hash from "${name}" t`,
      );
      found.set(name, all.rows[0]);
    }
    await client.end();
    return found;
  }

  it('is not touched by a simulation, and neither is anything else', async () => {
    const before = await everything();
    expect(before.get('scores')).toMatchObject({ count: 60 });
    const calls = bench.sandbox.calls.all().length;
    await bench.connected((ctx) =>
      simulatePolicy(ctx, otherDays.policy, { asOf: AS_OF, full: true }),
    );
    expect(await everything()).toEqual(before);
    expect(bench.sandbox.calls.all().length - calls).toBeLessThanOrEqual(1);
  });

  it('is followed by a process that runs already, with the next connection it opens', async () => {
    const at_work = await opened(other);
    expect(at_work.context.policyFrom).toEqual({ kind: 'file' });
    const release = await publish(bench.app.store, otherDays);
    expect(release).toMatchObject({ number: 2, replaces: 1, version: otherDays.version });
    const next = await opened(other);
    expect(policyVersion(next.context.policy)).toBe(otherDays.version);
    expect(next.context.policyFrom).toEqual({ kind: 'release', number: 2, draft: 'differs' });
    expect(draftNote(next.context.policyFrom)?.message).toContain('not in force');
    // What was at work keeps what it began with.
    expect(policyVersion(at_work.context.policy)).toBe(policyVersion(policy));
    expect(await other.standard.hasMovedOn(at_work.context.policy)).toBe(true);
    expect(await other.standard.hasMovedOn(next.context.policy)).toBe(false);
    await at_work.close();
    await next.close();
  });

  it('is followed in looks too, though its version stays', async () => {
    const back = await earlierSide(bench.app.store, undefined);
    expect(back.version).toBe(policyVersion(policy));
    await publish(bench.app.store, otherName);
    const { context, close } = await opened(other);
    expect(policyVersion(context.policy)).toBe(policyVersion(policy));
    expect(context.policy.tiers.classes[0]?.label.en).toBe('Iridium');
    await close();
  });

  it('refuses to score by one that it cannot read, and can be put right', async () => {
    const head = await bench.app.store.policies.inForce();
    await bench.app.store.policies.publish({
      ...{ version: 'abcdefabcdef', digest: 'x', content: { format: 2 }, source: 'format: 2\n' },
      ...{ ...word, replaces: head?.number ?? null, approved: 'y' },
    });
    await expect(opened(other)).rejects.toMatchObject({ code: 'POLICY_UNREADABLE' });
    await publish(bench.app.store, otherDays);
    await (await opened(other)).close();
  });

  it('is in the log with its digests, and nothing of what the policy says', async () => {
    const client = server.client('policies');
    await client.connect();
    const { rows } = await client.query(
      `select kind, actor, facts::jsonb as facts from audit where kind like 'policy.%' order by position`,
    );
    await client.end();
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(rows[0]).toEqual({
      ...{ kind: 'policy.published', actor: 'anna' },
      facts: {
        ...{ release: 2, replaces: 1, version: otherDays.version, digest: otherDays.digest },
        approved: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
    });
  });
});

describe('a webhook after a policy was published', () => {
  let holding: Holding;

  afterEach(async () => {
    await holding.close();
  });

  it('waits for the run that scores everybody: a new policy goes through one plan', async () => {
    holding = await openHolding();
    const { bench } = holding;
    await bench.provision();
    await bench.run();
    holding.said.length = 0;
    holding.writes.clear();
    bench.settle();
    await publish(bench.app.store, otherDays);
    holding.buy(0.03, 3);
    await holding.hear(holding.said);
    await holding.work('webhook');
    expect(holding.writes.size).toBe(0);
    expect(holding.lines.get('rescore.end') ?? []).toEqual([]);
    bench.settle();
    await bench.run();
    holding.said.length = 0;
    bench.settle();
    holding.buy(0.03, 4);
    await holding.hear(holding.said);
    await holding.work('webhook');
    expect(holding.lines.get('rescore.end') ?? []).not.toEqual([]);
  }, 120_000);

  it('is left to a holder that opens the connection anew, once no run is at work', async () => {
    holding = await openHolding({ contacts: 30, deals: 90 });
    await holding.work('webhook', { hasMovedOn: async () => true });
    expect(holding.sent).toEqual([{ connection: 'main', reason: 'continue' }]);
  }, 60_000);
});
