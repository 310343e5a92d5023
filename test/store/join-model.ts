/** A record of one of several CRMs, with its keys from the most trusted to the least. */
export type JoinedRecord = {
  readonly place: number;
  readonly id: string;
  readonly keys: readonly (string | null)[];
};

/**
 * The rules of joining in the plainest words, record by record, to hold the store against. Persons
 * of several records as `place/id place/id`, sorted.
 */
export function personsOf(all: readonly JoinedRecord[]): readonly string[] {
  let persons: readonly (readonly JoinedRecord[])[] = all.map((one) => [one]);
  const keys = all[0]?.keys.length ?? 0;
  for (let key = 0; key < keys; key += 1) {
    const bound = new Set(valuesOf(all, key).filter((value) => !isShared(all, key, value)));
    persons = components(persons, key, bound).flatMap((hanging) =>
      contradicts(hanging, key) ? hanging : [hanging.flat()],
    );
  }
  return persons
    .filter((person) => person.length > 1)
    .map((person) =>
      person
        .map(({ place, id }) => `${place}/${id}`)
        .toSorted()
        .join(' '),
    )
    .toSorted();
}

type Person = readonly JoinedRecord[];

function valuesOf(records: readonly JoinedRecord[], key: number): readonly string[] {
  return records.flatMap((one) => one.keys[key] ?? []);
}

/** Two records of one CRM have it. */
function isShared(all: readonly JoinedRecord[], key: number, value: string): boolean {
  const places = all.filter((one) => one.keys[key] === value).map(({ place }) => place);
  return new Set(places).size < places.length;
}

/** Persons that hang together by values of this key. */
function components(
  persons: readonly Person[],
  key: number,
  bound: ReadonlySet<string>,
): readonly (readonly Person[])[] {
  const found: Person[][] = [];
  for (const person of persons) {
    const values = valuesOf(person, key).filter((value) => bound.has(value));
    const near = found.filter((group) =>
      group.some((other) => valuesOf(other, key).some((value) => values.includes(value))),
    );
    for (const group of near) found.splice(found.indexOf(group), 1);
    found.push([...near.flat(), person]);
  }
  return found;
}

function contradicts(hanging: readonly Person[], key: number): boolean {
  return hanging.some((one, at) =>
    hanging.slice(at + 1).some((other) => {
      const places = new Set(one.map(({ place }) => place));
      if (other.some(({ place }) => places.has(place))) return true;
      return Array.from({ length: key }, (_, before) => before).some((before) =>
        isApart(valuesOf(one, before), valuesOf(other, before)),
      );
    }),
  );
}

function isApart(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((value) => other.includes(value));
}
