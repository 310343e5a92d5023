/**
 * The number of the sale that a refund's number names: `C536379`, `CN-536379`, `RF/536379`,
 * `536379-R`, `INV-7 refund 2` name `536379` and `INV-7`. One of the marks C, R, CN, CR, RF, RMA, REF,
 * REFUND, RETURN, CREDIT, 退 is taken off: in front when a digit or a separator follows, behind when
 * a separator precedes. `null` where nothing is taken off.
 */
export function refundedReference(reference: string): string | null {
  const plain = reference.trim();
  const inner = plain.replace(before, '').replace(after, '');
  return inner === plain || inner === '' ? null : inner;
}

const marks = 'C|R|CN|CR|RF|RMA|REF|REFUND|RETURN|CREDIT|退';
const before = new RegExp(`^(?:${marks})(?:[-_/ #]+|(?=\\d))`, 'i');
const after = new RegExp(`[-_/ #]+(?:${marks})[-_/ #]?\\d{0,3}$`, 'i');
