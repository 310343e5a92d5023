import type {
  ProvisionReport,
  ProvisionRequest,
  ProvisionStep,
} from '../../src/connector/provision.ts';
import type { KnownList, ListSpec } from '../../src/domain/list.ts';

/** What became of an attempt to make a list. */
export type MadeList =
  | { readonly kind: 'made'; readonly crmId: string; readonly name: string }
  | { readonly kind: 'problem'; readonly message: string; readonly todo: string };

type KeptInput = {
  /** Names by id of those that are there. */
  readonly live: ReadonlyMap<string, string>;
  /** What it is called in Zoho, for example `tag`. */
  readonly word: string;
  /** The name it has in Zoho. */
  readonly nameOf: (spec: ListSpec) => string;
  readonly make: (spec: ListSpec) => Promise<MadeList>;
};

type Provisioned = { readonly step: ProvisionStep; readonly list: KnownList | null };

/** The lists that Zoho keeps for us; one that a person deleted stays deleted unless asked. */
export async function provisionKept(
  { lists, knownLists, rebuildDeletedLists }: ProvisionRequest,
  input: KeptInput,
): Promise<ProvisionReport> {
  const done: Provisioned[] = [];
  for (const spec of lists) {
    const known = knownLists.find(({ key }) => key === spec.key);
    const name = known === undefined ? undefined : input.live.get(known.crmId);
    if (known !== undefined && name !== undefined) done.push(kept(spec, known, name, input));
    else if (known !== undefined && !rebuildDeletedLists) done.push(deleted(spec, known, input));
    else done.push(toProvisioned(spec, await input.make(spec), input));
  }
  const wanted = new Set(lists.map(({ key }) => key));
  const others = knownLists.filter(({ key }) => !wanted.has(key));
  return {
    steps: done.map(({ step }) => step),
    lists: [...done.flatMap(({ list }) => list ?? []), ...others],
  };
}

function kept(spec: ListSpec, known: KnownList, name: string, input: KeptInput): Provisioned {
  const renamed = name === input.nameOf(spec) ? '' : ` (named “${name}” by a person)`;
  return {
    step: stepOf(spec, 'unchanged', `${input.word} ${known.crmId} is there${renamed}`),
    list: { ...known, name, status: 'active' },
  };
}

function deleted(spec: ListSpec, known: KnownList, { word }: KeptInput): Provisioned {
  const message = `LIST_DELETED: no ${word} ${known.crmId} is in Zoho: somebody deleted it, or \`lists\` was another setting when the list was made`;
  const todo =
    'Take the list out of the policy, or run `assay provision --rebuild-lists`. What another setting made goes by `assay provision --remove` under that setting, before the change.';
  return {
    step: { ...stepOf(spec, 'problem', message), todo },
    list: { ...known, status: 'deleted' },
  };
}

function toProvisioned(spec: ListSpec, made: MadeList, { word }: KeptInput): Provisioned {
  if (made.kind === 'problem') {
    const { message, todo } = made;
    return { step: { ...stepOf(spec, 'problem', message), todo }, list: null };
  }
  const { crmId, name } = made;
  return {
    step: stepOf(spec, 'created', `${word} “${name}” (${crmId})`),
    list: { key: spec.key, crmId, name, kind: 'static', status: 'active' },
  };
}

function stepOf(
  { name }: ListSpec,
  outcome: ProvisionStep['outcome'],
  message: string,
): ProvisionStep {
  return { subject: 'list', name, outcome, message };
}
