import type { OrgUnderTest } from './org-under-test.ts';

const customers: ReadonlySet<string> = new Set(['Contacts', 'Accounts', 'Deals']);
const all = ['assignment_rules', 'cadences', 'connected_workflows'];

/** What our writes of records did beside writing, by the sandbox's log; empty when nothing. */
export function noiseOf({ sandbox }: OrgUnderTest): readonly string[] {
  const noise: string[] = [];
  for (const { module, endpoint, trigger, skip, overWrite } of sandbox.org.writes.all()) {
    const call = `${endpoint} ${module}`;
    if (overWrite === true) noise.push(`${call} overwrites tags`);
    if (customers.has(module) && ['insert', 'upsert'].includes(endpoint)) noise.push(call);
    if (['add_tags', 'remove_tags'].includes(endpoint)) continue;
    if (trigger?.length !== 0) noise.push(`${call} triggers`);
    // A bulk write job takes no such key (facts §5.4).
    if (endpoint !== 'bulk_write' && !all.every((name) => skip.includes(name)))
      noise.push(`${call} does not skip`);
  }
  return noise;
}

/** How often an endpoint was written through. */
export function writesBy({ sandbox }: OrgUnderTest, endpoint: string): number {
  return sandbox.org.writes.all().filter((each) => each.endpoint === endpoint).length;
}
