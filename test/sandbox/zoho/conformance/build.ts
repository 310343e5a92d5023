import * as sdk from '@zohocrm/typescript-sdk-8.0';

/** A record as the SDK sends it: ids as bigints, picklists as choices. */
export function recordOf(
  values: Readonly<Record<string, unknown>>,
  id?: bigint,
): sdk.Record.Record {
  const built = new sdk.Record.Record();
  if (id !== undefined) built.setId(id);
  for (const [name, value] of Object.entries(values)) built.addKeyValue(name, value);
  return built;
}

/** A write that starts no automation: neither a workflow nor a cadence (facts §5.1). */
export function quietBody(...records: sdk.Record.Record[]): sdk.Record.BodyWrapper {
  const request = new sdk.Record.BodyWrapper();
  request.setData(records);
  request.setTrigger([]);
  const skip = new sdk.Record.SkipFeatureExecution();
  skip.setName('cadences');
  request.setSkipFeatureExecution([skip]);
  return request;
}

/** Of an answer with a map of details: there an id stays text. */
export function idIn(success: { getDetails(): Map<string, unknown> }): bigint {
  return BigInt(String(success.getDetails().get('id')));
}
