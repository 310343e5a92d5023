import { resolve } from 'node:path';
import type { AuditStore, StoredAuditRow } from '../../store/audit-store.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { counted } from '../views/figures.ts';
import { writeWhole } from '../write-whole.ts';

const pageSize = 1_000;

/** `assay audit export`. @throws AssayError `USAGE_INVALID`. */
export function exportAudit({ flags, folder, screen, signal }: Invocation) {
  const out = flags.text('out');
  if (out === undefined)
    throw usageInvalid('assay audit export needs --out <file>', 'Say where the rows go.');
  const withDetails = flags.isSet('details');
  return async (audit: AuditStore): Promise<ExitCode> => {
    const only = flags.text('connection');
    const chains = only === undefined ? await audit.chains() : [only];
    let count = 0;
    const lines = async function* () {
      for await (const row of rowsOf(audit, chains)) {
        count += 1;
        yield `${JSON.stringify(withDetails ? row : withoutDetails(row))}\n`;
      }
    };
    await writeWhole(resolve(folder, out), lines(), signal);
    screen.result({ file: out, rows: count }, () => `${counted(count, 'row')} in ${out}`);
    return exitCodes.done;
  };
}

/** An erasure reaches the store and no file: what it would have to take out stays there by default. */
function withoutDetails(row: StoredAuditRow): StoredAuditRow {
  return { ...row, customers: null, detail: null, salt: null };
}

async function* rowsOf(
  audit: AuditStore,
  chains: readonly string[],
): AsyncGenerator<StoredAuditRow> {
  for (const chain of chains) {
    let after = 0;
    for (;;) {
      const page: readonly StoredAuditRow[] = await audit.stored(chain, { after, limit: pageSize });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.position;
    }
  }
}
