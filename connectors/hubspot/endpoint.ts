import { endpointOf as plainEndpointOf } from '../../src/connector/http/endpoint-of.ts';

/** Paths that end in a name: of a property, of a group, of a list. */
const named: readonly RegExp[] = [
  /^(\w+ \/crm\/properties\/[^/]+\/[^/]+\/(?:groups\/)?)(?!batch\/|groups$)[^/]+$/,
  /^(\w+ \/crm\/lists\/[^/]+\/object-type-id\/[^/]+\/name\/)[^/]+$/,
];

/** What a call is counted under, without names and ids. */
export function endpointOf(name: string): string {
  const pattern = named.find((one) => one.test(name));
  return plainEndpointOf(pattern === undefined ? name : name.replace(pattern, '$1{name}'));
}
