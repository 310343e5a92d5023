import { z } from 'zod';

/** One way in which a fault can be made to happen. */
export type Effect = {
  /** `html/after`: the kind, and what was chosen where there is a choice. */
  readonly name: string;
  readonly effect: Readonly<Record<string, unknown>>;
};

/** Values for what a fault does not list itself, by `kind.field`. */
export type Samples = Readonly<Record<string, readonly unknown[]>>;

/**
 * Every fault that a sandbox's schema knows, with each of its choices. A new one is in it by itself; one
 * with a field that neither lists its values, nor has a default, nor a sample, is refused.
 */
export function everyEffect(schema: z.ZodType, samples: Samples): readonly Effect[] {
  return objectsIn(schema).flatMap((object) => {
    const kind = String(choicesOf(object.shape['kind'], 'kind', {})[0]);
    let found: readonly Effect[] = [{ name: kind, effect: { kind } }];
    for (const [field, type] of Object.entries(object.shape)) {
      if (field === 'kind') continue;
      const choices = choicesOf(type, `${kind}.${field}`, samples);
      found = found.flatMap(({ name, effect }) =>
        choices.map((choice) => ({
          name: choices.length === 1 ? name : `${name}/${String(choice)}`,
          effect: choice === undefined ? effect : { ...effect, [field]: choice },
        })),
      );
    }
    return found;
  });
}

function objectsIn(schema: z.core.$ZodType): readonly z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objectsIn);
  throw new RangeError('A fault is an object, or one of several');
}

function choicesOf(
  type: z.core.$ZodType | undefined,
  name: string,
  samples: Samples,
): readonly unknown[] {
  const given = samples[name];
  if (given !== undefined) return given;
  const listed = listedBy(type);
  if (listed !== null) return listed;
  if (type instanceof z.ZodDefault) return [undefined];
  if (type instanceof z.ZodOptional) return [undefined];
  throw new RangeError(`Nobody says which values to try for ${name}: add samples`);
}

/** Values that the type lists itself; `null`: it does not. */
function listedBy(type: z.core.$ZodType | undefined): readonly unknown[] | null {
  if (type instanceof z.ZodLiteral) return [...type.values];
  if (type instanceof z.ZodEnum) return type.options;
  if (type instanceof z.ZodBoolean) return [true, false];
  if (type instanceof z.ZodDefault) return listedBy(type.def.innerType);
  if (!(type instanceof z.ZodUnion)) return null;
  const each = type.options.map(listedBy);
  return each.includes(null) ? null : each.flatMap((values) => values ?? []);
}
