import { openAssay } from './assay-process.ts';
import { type BaseSize, days, startPortal } from './portal.ts';
import { startPostgres } from './postgres.ts';
import { rateUsed } from './rate-used.ts';

const latencyMs = 300;
/** Professional: 190 calls in ten seconds; 80 % of them are ours. */
const permitted = { perWindow: 152, windowMs: 10_000 } as const;

export type LimitFigures = {
  readonly contacts: number;
  readonly deals: number;
  readonly latencyMs: number;
  /** 429s the portal gave out. */
  readonly tooMany: number;
  /** The smaller of the two below; `null` where the base is too small to tell. */
  readonly share: number | null;
  /** Of the permitted rate, while there was work. */
  readonly readShare: number | null;
  readonly writeShare: number | null;
};

/** A full load and write with the plan's limits enforced and every answer 300 ms away. */
export async function callsWithLimits(size: BaseSize): Promise<LimitFigures> {
  const postgres = await startPostgres();
  const { sandbox } = await startPortal(size, {
    limits: 'professional',
    latency: { kind: 'fixed', ms: latencyMs },
  });
  try {
    const assay = await openAssay({
      portalUrl: sandbox.url,
      token: sandbox.token,
      databaseUrl: postgres.url,
      plan: 'professional',
    });
    await assay.provision();
    await assay.run(days.first);
    const calls = sandbox.calls.all();
    const readShare = rateUsed(timesOf('GET /crm/objects'), permitted);
    const writeShare = rateUsed(timesOf('batch/update'), permitted);
    return {
      contacts: size.contacts,
      deals: size.deals,
      latencyMs,
      tooMany: calls.filter(({ status }) => status === 429).length,
      share: readShare === null || writeShare === null ? null : Math.min(readShare, writeShare),
      readShare,
      writeShare,
    };
  } finally {
    await sandbox.close();
    await postgres.stop();
  }

  function timesOf(endpoint: string): readonly number[] {
    const found = sandbox.calls.all().filter((call) => call.endpoint.includes(endpoint));
    return found.map(({ at }) => at).toSorted((one, other) => one - other);
  }
}
