import { openAssay } from './assay-process.ts';
import { startPostgres } from './postgres.ts';
import { type BaseSize, type BenchCrm, days } from './tenant.ts';

const latencyMs = 300;

export type LimitFigures = {
  readonly contacts: number;
  readonly deals: number;
  readonly latencyMs: number;
  /** 429s the CRM gave out. */
  readonly tooMany: number;
  /** The smaller of the two below; `null` where the base is too small to tell. */
  readonly share: number | null;
  /** Of what the plan permits and is ours, while there was work. */
  readonly readShare: number | null;
  readonly writeShare: number | null;
};

/** A full load and write with the plan's limits enforced and every answer 300 ms away. */
export async function callsWithLimits(crm: BenchCrm, size: BaseSize): Promise<LimitFigures> {
  const postgres = await startPostgres();
  const tenant = await crm.open(size, { kind: 'limited', latencyMs });
  try {
    const assay = await openAssay({ crm: crm.name, tenant, databaseUrl: postgres.url });
    await assay.provision();
    await assay.run(days.first);
    const { read, write } = tenant.shares();
    const told = [read, write].filter((share) => share !== null);
    return {
      ...{ contacts: size.contacts, deals: size.deals, latencyMs },
      tooMany: tenant.tooMany(),
      share: told.length === 0 ? null : Math.min(...told),
      readShare: read,
      writeShare: write,
    };
  } finally {
    await tenant.close();
    await postgres.stop();
  }
}
