import type { Finding } from '../../src/connector/account.ts';
import { ok, problem, warning } from './finding.ts';
import type { Session } from './session.ts';

type Input = { readonly input: string; readonly name: string };

/** A mapped field that is missing is hidden or misspelt, not empty (facts §13, 26). */
export async function doctorInputs(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { inputs, module } = session;
  const { deal, attributes, ...own } = inputs;
  const { wonOn, ...ofDeals } = deal;
  const mapped = { ...own, ...prefixed('attributes', attributes) };
  const wonField = wonOn === 'stage-history' ? {} : { wonOn };
  return [
    ...(await findingsOf(session, module, namesIn(mapped), signal)),
    ...(await findingsOf(
      session,
      'Deals',
      namesIn(prefixed('deal', { ...ofDeals, ...wonField })),
      signal,
    )),
    ...(await dateField(session, wonOn, signal)),
  ];
}

type Mapped = Readonly<Record<string, string | readonly string[] | null>>;

function prefixed(prefix: string, mapped: Mapped): Mapped {
  return Object.fromEntries(
    Object.entries(mapped).map(([name, from]) => [`${prefix}.${name}`, from]),
  );
}

function namesIn(mapped: Mapped): readonly Input[] {
  return Object.entries(mapped).flatMap(([input, names]) =>
    [names ?? []].flat().map((name) => ({ input, name })),
  );
}

async function findingsOf(
  { metadata }: Session,
  module: string,
  inputs: readonly Input[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const fields = await metadata.fieldsOf(module, signal);
  const known = new Set(fields.map(({ api_name }) => api_name));
  return inputs.map(({ input, name }) => {
    const message = `${input} is read from ${module}.${name}`;
    if (known.has(name)) return ok('inputs', message);
    return problem(
      'inputs',
      `FIELD_HIDDEN: ${message}, which the token’s user cannot see: hidden from its profile, or not there`,
      `Show the field to the profile, or set fields.${input} to the API name of the one that holds it, or to null.`,
    );
  });
}

const dates: ReadonlySet<string> = new Set(['date', 'datetime']);

async function dateField(
  { metadata }: Session,
  wonOn: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (wonOn === 'stage-history') return [ok('won on', 'the day is taken from the stage history')];
  const fields = await metadata.fieldsOf('Deals', signal);
  const field = fields.find(({ api_name }) => api_name === wonOn);
  if (field === undefined || dates.has(field.data_type)) return [];
  return [
    warning(
      'won on',
      `Deals.${wonOn} has the type ${field.data_type}, not a date`,
      'Set fields.deal.wonOn to a date field, or to stage-history.',
    ),
  ];
}
