/** From the least to the most: who may look, who may let write, who may change how it is done. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whoever does something, as the log names it. */
export type Actor = {
  /** Of a person or a machine; `service` is what runs by itself. */
  readonly name: string;
  readonly role: Role;
};

/** What nobody started: schedule, webhooks, workers. */
export const serviceActor: Actor = { name: 'service', role: 'operator' };

/** Whether a role may do what another is needed for. */
export function mayAct(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
