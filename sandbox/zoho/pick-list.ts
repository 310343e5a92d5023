import type { PickListValue } from './field.ts';

/** A value to add or, by its id or its actual value, one to rename or to take away. */
export interface PickListPatch {
  readonly id?: string;
  readonly actualValue?: string;
  readonly displayValue: string;
  readonly isDeleted?: boolean;
}

/** The values after the patches: those not named stay, new ones come last. */
export function patchedPickList(
  values: readonly PickListValue[],
  patches: readonly PickListPatch[],
  takeId: () => string,
): readonly PickListValue[] {
  const kept = values.flatMap((value) => {
    const patch = patches.find((each) => isNamed(value, each));
    if (patch === undefined) return [value];
    return patch.isDeleted === true ? [] : [{ ...value, displayValue: patch.displayValue }];
  });
  const isNew = (patch: PickListPatch) =>
    patch.isDeleted !== true && !values.some((value) => isNamed(value, patch));
  const added = patches.filter(isNew).map(({ actualValue, displayValue }) => ({
    ...{ id: takeId(), actualValue: actualValue ?? displayValue, displayValue },
  }));
  return [...kept, ...added];
}

function isNamed(value: PickListValue, { id, actualValue, displayValue }: PickListPatch): boolean {
  if (id !== undefined) return value.id === id;
  return value.actualValue === (actualValue ?? displayValue);
}
