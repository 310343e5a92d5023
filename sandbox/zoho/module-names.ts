/** The modules of this sandbox, by api name. */
export const moduleNames = ['Leads', 'Contacts', 'Accounts', 'Deals', 'Campaigns'] as const;
export type ModuleName = (typeof moduleNames)[number];

export function isModuleName(text: string): text is ModuleName {
  return moduleNames.some((name) => name === text);
}
