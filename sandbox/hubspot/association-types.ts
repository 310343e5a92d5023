import type { ObjectType } from './object-types.ts';

/** One way in which a record of one type can point at a record of another. */
export interface AssociationType {
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED';
  readonly typeId: number;
  /** `null` for the plain association that every linked pair has. */
  readonly label: string | null;
  /** What the numbered list and get endpoints call it in `type`. */
  readonly name: string;
  readonly from: ObjectType;
  readonly to: ObjectType;
  /** The type of the same link seen from the other side. */
  readonly inverseTypeId: number;
}

type Row = readonly [
  typeId: number,
  inverseTypeId: number,
  label: string | null,
  name: string,
  from: ObjectType,
  to: ObjectType,
];

/** HubSpot's own type ids (README 15). */
const DEFINED: readonly Row[] = [
  [3, 4, null, 'deal_to_contact', 'deals', 'contacts'],
  [4, 3, null, 'contact_to_deal', 'contacts', 'deals'],
  [341, 342, null, 'deal_to_company_unlabeled', 'deals', 'companies'],
  [5, 6, 'Primary', 'deal_to_company', 'deals', 'companies'],
  [342, 341, null, 'company_to_deal_unlabeled', 'companies', 'deals'],
  [6, 5, 'Primary', 'company_to_deal', 'companies', 'deals'],
  [279, 280, null, 'contact_to_company_unlabeled', 'contacts', 'companies'],
  [1, 2, 'Primary', 'contact_to_company', 'contacts', 'companies'],
  [280, 279, null, 'company_to_contact_unlabeled', 'companies', 'contacts'],
  [2, 1, 'Primary', 'company_to_contact', 'companies', 'contacts'],
];

interface LabelInput {
  readonly name: string;
  readonly label: string;
  readonly inverseLabel: string | undefined;
}

/** The association types of one portal: HubSpot's, and the labels its users add. */
export class AssociationTypes {
  readonly #byId = new Map<number, AssociationType>(
    DEFINED.map(([typeId, inverseTypeId, label, name, from, to]) => [
      typeId,
      { category: 'HUBSPOT_DEFINED', typeId, inverseTypeId, label, name, from, to },
    ]),
  );
  #lastId = 1000;

  between(from: ObjectType, to: ObjectType): readonly AssociationType[] {
    return [...this.#byId.values()].filter((type) => type.from === from && type.to === to);
  }

  get(typeId: number): AssociationType | undefined {
    return this.#byId.get(typeId);
  }

  /** The unlabelled type; `undefined` for a pair that cannot be associated here. */
  plain(from: ObjectType, to: ObjectType): AssociationType | undefined {
    return this.between(from, to).find(({ label }) => label === null);
  }

  /** A record has one primary company; a second one takes the first one's place. */
  isPrimary(typeId: number): boolean {
    const type = this.#byId.get(typeId);
    return type?.category === 'HUBSPOT_DEFINED' && type.label !== null;
  }

  /** Adds a label with its inverse; returns both, the asked direction first. */
  create(from: ObjectType, to: ObjectType, input: LabelInput): readonly AssociationType[] {
    this.#lastId += 2;
    const [typeId, inverseTypeId] = [this.#lastId - 1, this.#lastId];
    const category = 'USER_DEFINED' as const;
    const { name, label } = input;
    const inverseLabel = input.inverseLabel ?? label;
    const pair = [
      { category, typeId, inverseTypeId, label, name, from, to },
      {
        ...{ category, typeId: inverseTypeId, inverseTypeId: typeId, label: inverseLabel },
        ...{ name, from: to, to: from },
      },
    ];
    for (const type of pair) this.#byId.set(type.typeId, type);
    return pair;
  }

  /** Whether there was such a label of a user's. */
  rename(typeId: number, label: string, inverseLabel: string | undefined): boolean {
    const type = this.#userDefined(typeId);
    if (type === undefined) return false;
    this.#byId.set(typeId, { ...type, label });
    const inverse = this.#byId.get(type.inverseTypeId);
    if (inverse !== undefined && inverseLabel !== undefined)
      this.#byId.set(inverse.typeId, { ...inverse, label: inverseLabel });
    return true;
  }

  /** Whether there was such a label of a user's. */
  remove(typeId: number): boolean {
    const type = this.#userDefined(typeId);
    if (type === undefined) return false;
    this.#byId.delete(type.inverseTypeId);
    return this.#byId.delete(typeId);
  }

  #userDefined(typeId: number): AssociationType | undefined {
    const type = this.#byId.get(typeId);
    return type?.category === 'USER_DEFINED' ? type : undefined;
  }
}
