import type { Resealing } from '../../store/reseal.ts';

export function renderResealing({ resealed, current, unreadable }: Resealing): string {
  const lost = unreadable.map(
    ({ place, connection, id }) => `! ${place}${id === '' ? '' : ` ${id}`} of ${connection}`,
  );
  return [
    `${resealed} sealed anew, ${current} were under the new key already.`,
    ...(lost.length === 0
      ? ['Nothing is under the old key: take ASSAY_SECRET_KEY_OLD out, and destroy that key.']
      : [
          ...lost,
          'These open with neither key and are left as they are: set ASSAY_SECRET_KEY_OLD to the key that sealed them and rotate again, or connect anew.',
        ]),
  ].join('\n');
}
