import type { AuditStore } from '../../store/audit-store.ts';
import { exportAudit } from '../audit/export-audit.ts';
import { listAudit } from '../audit/list-audit.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import type { CommandBody, Invocation } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay audit`. */
export const audit: CommandBody = {
  takes: 'list | verify | export',
  positionals: { least: 1, most: 1 },
  needs: 'viewer',
  options: [
    {
      ...{ kind: 'text', name: 'connection', value: 'name' },
      help: 'Only this chain; `house` is what is of no connection. Default all',
    },
    { kind: 'text', name: 'kind', value: 'kinds', help: 'With list: such as writes,plan.approved' },
    { kind: 'text', name: 'actor', value: 'name', help: 'With list: what this one did' },
    { kind: 'text', name: 'since', value: 'time', help: 'With list: a day or an instant, UTC' },
    { kind: 'text', name: 'limit', value: 'rows', help: 'With list: how many, default 50' },
    { kind: 'text', name: 'before', value: 'row', help: 'With list: the page before main:123' },
    { kind: 'flag', name: 'deep', help: 'With verify: also plans and writes as they are stored' },
    { kind: 'text', name: 'head', value: 'heads', help: 'With verify: noted heads, by commas' },
    {
      kind: 'text',
      name: 'out',
      value: 'file',
      help: 'With export: where it goes, one row a line',
    },
    { kind: 'flag', name: 'details', help: 'With export: reasons and customers too' },
    ...configOptions,
  ],
  about: `The log: runs, plans, approvals, overrides, policies, access and writes, by whom and when. One chain of
hashes a connection, and \`house\`. \`list\` shows rows, the newest last. \`verify\` looks through every chain,
prints its head, and ends with 3 at the first row that is not as it was written, or without any row; with --deep it also holds
what is stored of plans and writes against it. Note the heads elsewhere and give them back with --head:
only so a log whose end was cut is found out. \`export\` writes chains as JSON lines, without what is
personal unless --details says so. With --json: list {"rows":[…],"before"}, verify {"chains":[{"chain",
"rows","head","broken"}]}, export {"file","rows"}.`,
  examples: [
    { line: 'audit list --kind plan.approved,override.set', does: 'what people decided' },
    { line: 'audit verify --deep', does: 'whether anything was changed since it was written' },
    { line: 'audit verify --head main:120:9f2c…', does: 'also whether the end was cut since' },
    { line: 'audit export --out log.jsonl', does: 'for somebody else to keep' },
  ],
  run: async (invocation) => {
    const act = actionOf(invocation);
    return await withApp(
      readConfig(invocation),
      invocation,
      async (app) => await act(app.store.audit),
      'no policy',
    );
  },
};

/** Read before anything is opened. */
function actionOf(invocation: Invocation): (audit: AuditStore) => Promise<ExitCode> {
  const [verb = ''] = invocation.flags.positionals;
  if (verb === 'list') return listAudit(invocation);
  if (verb === 'verify') return verifyAudit(invocation);
  if (verb === 'export') return exportAudit(invocation);
  throw usageInvalid(
    `assay audit does not know "${verb}"`,
    'Write `assay audit list`, `assay audit verify` or `assay audit export --out <file>`.',
  );
}
