import { companyOf } from '../data/invented-company.ts';
import type { World, WorldCustomer } from '../data/world.ts';
import type { StoredValues } from './record.ts';

/** Puts one account into the org; its id. */
type Employ = (values: StoredValues, createdAt: string) => string;

/** The firms that customers work for, each an account, made when the first of its people comes. */
export class WorldFirms {
  readonly #customerCount: number;
  readonly #employ: Employ;
  readonly #accountOf = new Map<string, string>();

  constructor({ customerCount }: World, employ: Employ) {
    this.#customerCount = customerCount;
    this.#employ = employ;
  }

  get count(): number {
    return this.#accountOf.size;
  }

  /** Id of the account of a customer's firm. */
  accountOf({ externalId, createdAt }: WorldCustomer): string {
    const firm = companyOf(externalId, this.#customerCount);
    const known = this.#accountOf.get(firm.externalId);
    if (known !== undefined) return known;
    const values = {
      Account_Name: firm.name,
      Website: `https://${firm.domain}`,
      External_Id: firm.externalId,
    };
    const account = this.#employ(values, createdAt);
    this.#accountOf.set(firm.externalId, account);
    return account;
  }
}
