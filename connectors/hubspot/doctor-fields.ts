import type { Finding } from '../../src/connector/account.ts';
import type { FieldSpec } from '../../src/domain/field.ts';
import { type PropertyDraft, readProperties } from './property-calls.ts';
import { draftOf, isOurs, markerDraft, missingOptions } from './property-drafts.ts';
import type { Session } from './session.ts';
import type { WireProperty } from './wire-schema.ts';

/** Our properties, and the inputs that the settings map. */
export async function doctorFields(
  session: Session,
  fields: readonly FieldSpec[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const definitions = byName(await readProperties(session, signal));
  const ofDeals = byName(await readProperties(session, signal, 'deals'));
  const drafts = [...fields.map((spec) => draftOf(session.own, spec)), markerDraft(session.own)];
  return [...ownFindings(drafts, definitions), ...mappedFindings(session, definitions, ofDeals)];
}

type Definitions = ReadonlyMap<string, WireProperty>;

function byName(properties: readonly WireProperty[]): Definitions {
  return new Map(properties.map((each) => [each.name, each]));
}

function ownFindings(drafts: readonly PropertyDraft[], definitions: Definitions) {
  const faults = drafts.flatMap((draft) => ownFault(draft, definitions.get(draft.name)) ?? []);
  if (faults.length > 0) return faults;
  const message = `all ${drafts.length} of ours are there and of the right type`;
  return [{ check: 'fields', status: 'ok', message }] satisfies Finding[];
}

function ownFault(draft: PropertyDraft, definition: WireProperty | undefined): Finding | null {
  const fault = (message: string, todo: string): Finding => {
    return { check: 'fields', status: 'problem', message: `${draft.name}: ${message}`, todo };
  };
  if (definition === undefined) return fault('FIELD_MISSING', 'Run `assay provision`.');
  if (!isOurs(definition))
    return fault('exists and is not ours', 'Set another fieldPrefix, or rename it in HubSpot.');
  if (definition.type !== draft.type)
    return fault(
      `FIELD_RETYPED: ${definition.type}, not ${draft.type}`,
      'Give it its old type back in HubSpot, or delete it and run `assay provision`.',
    );
  const missing = missingOptions(draft, definition);
  if (missing.length === 0) return null;
  const values = missing.map(({ value }) => value).join(', ');
  return fault(`FIELD_OPTION_MISSING: ${values}`, 'Run `assay provision`.');
}

/** An input whose property does not exist reads as empty: it must be seen, not guessed (BEHAVIOR 28). */
function mappedFindings(
  { settings, customers }: Session,
  definitions: Definitions,
  ofDeals: Definitions,
): readonly Finding[] {
  const { deal, attributes, ...own } = settings.fields;
  const more = Object.entries(attributes).map(
    ([name, from]) => [`attributes.${name}`, from] as const,
  );
  const inputs = [
    ...[...Object.entries(own), ...more].map(([input, name]) => ({
      input,
      name,
      type: customers.type,
      definitions,
    })),
    ...Object.entries(deal).map(([input, name]) => {
      return { input: `deal.${input}`, name, type: 'deals', definitions: ofDeals };
    }),
  ];
  return inputs.flatMap(({ input, name, type, definitions: known }) =>
    [name ?? []].flat().map((property): Finding => {
      const found = known.has(property);
      const message = `${input} is read from ${type}.${property}`;
      if (found) return { check: 'inputs', status: 'ok', message };
      return {
        check: 'inputs',
        status: 'warning',
        message: `${message}, which the portal does not have: it stays unknown`,
        todo: `Set fields.${input} to the property that holds it, or to null.`,
      };
    }),
  );
}
