/** A few rows as columns: where the customer's id stands in the text, which day, how many minor units. */
export class RowBatch {
  count = 0;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The id's own number, see `ByteIds`; below 0 where it is not known to have one. */
  readonly own: Int32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
  readonly minor: Float64Array;

  /** Room for so many rows. */
  constructor(room: number) {
    this.from = new Int32Array(room);
    this.to = new Int32Array(room);
    this.own = new Int32Array(room);
    this.day = new Int32Array(room);
    this.minor = new Float64Array(room);
  }
}
