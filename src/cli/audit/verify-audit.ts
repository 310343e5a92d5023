import type { AuditHead, ChainVerdict } from '../../domain/audit.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderVerdict, renderVerdicts, shownHead } from '../views/audit.ts';

/** `assay audit verify`: each chain is told as soon as it is looked through. */
export function verifyAudit({ flags, screen, signal }: Invocation) {
  const chain = flags.text('connection') ?? null;
  const noted = headsOf(flags.text('head'));
  return async (audit: AuditStore): Promise<ExitCode> => {
    const verdicts: ChainVerdict[] = [];
    for await (const one of audit.verify({ chain, deep: flags.isSet('deep'), noted, signal })) {
      verdicts.push(one);
      if (!screen.isJson) screen.print(renderVerdict(one));
    }
    const chains = verdicts.map(({ head, ...one }) => ({
      ...one,
      head: head === null ? null : shownHead(head),
    }));
    screen.result({ chains }, () => renderVerdicts(verdicts));
    return isWhole(verdicts) ? exitCodes.done : exitCodes.refused;
  };
}

/** A log without a row vouches for nothing: a name may be mistyped, or all of it taken out. */
function isWhole(verdicts: readonly ChainVerdict[]): boolean {
  return verdicts.some(({ rows }) => rows > 0) && verdicts.every(({ broken }) => broken === null);
}

/** As `verify` prints them. */
function headsOf(text: string | undefined): readonly AuditHead[] {
  if (text === undefined) return [];
  return text.split(',').map((head) => {
    const [, chain = '', position = '', hash = ''] =
      /^(.+):(\d{1,15}):([0-9a-f]{64})$/.exec(head.trim()) ?? [];
    if (chain !== '') return { chain, position: Number(position), hash };
    throw usageInvalid(
      `--head takes heads such as \`assay audit verify\` prints, not "${head}"`,
      'Write <chain>:<row>:<hash of 64 digits>, several with commas between.',
    );
  });
}
