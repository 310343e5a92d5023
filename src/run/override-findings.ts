import type { Finding } from '../connector/account.ts';
import type { RunContext } from './context.ts';
import { listOverrides, type UnknownWord } from './list-overrides.ts';
import { overrideFields } from './override-fields.ts';

/** Values of a field that a person is shown. */
const SHOWN = 5;

/** What people decided by hand, and fields of the CRM that hold what is no class. */
export async function overrideFindings(ctx: RunContext): Promise<readonly Finding[]> {
  const { overrides, unknown, asOf } = await listOverrides(ctx, { lapsed: false });
  const fields = Object.values(overrideFields(ctx));
  if (overrides.length === 0 && fields.length === 0) return [];
  const outweighed = overrides.filter(({ state }) => state === 'outweighed').length;
  const others = outweighed === 0 ? '' : `; ${outweighed} outweighed by another`;
  const message = `${overrides.length} decided by hand in force on ${asOf}${others}.`;
  return [{ check: 'overrides', status: 'ok', message }, ...unknownFindings(unknown)];
}

/** By field: a wrong value is most often wrong for many. */
function unknownFindings(unknown: readonly UnknownWord[]): readonly Finding[] {
  return [...Map.groupBy(unknown, ({ field }) => field)].map(([field, words]) => {
    const values = [...new Set(words.map(({ value }) => value))];
    const shown = values.slice(0, SHOWN).map((value) => `“${value}”`);
    const more = values.length > SHOWN ? ', …' : '';
    return {
      check: 'overrides',
      status: 'warning',
      message: `${words.length} customers have in ${field} what is no class of the policy: ${shown.join(', ')}${more}.`,
      todo: 'Correct it in the CRM (a key or a label of the policy), or add the class; `assay override list` names the customers.',
    };
  });
}
