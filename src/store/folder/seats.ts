import { HolderLeft, type Seat } from './seat.ts';
import { takeSeat, type Wanted } from './take-seat.ts';

/** A seat at a folder, and another when the process that held the folder left. */
export class Seats {
  readonly #wanted: Wanted;
  #taken: Promise<Seat> | null = null;
  #isClosed = false;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** @throws AssayError as `takeSeat`. */
  async current(): Promise<Seat> {
    this.#taken ??= takeSeat(this.#wanted).catch((error: unknown) => {
      this.#taken = null;
      throw error;
    });
    const before = this.#taken;
    const seat = await before;
    if (!seat.isGone() || this.#isClosed) return seat;
    if (this.#taken === before) this.#taken = null;
    return await this.current();
  }

  /** Does it with whoever holds the folder: what one who left had not done, the next does. */
  async use<T>(work: (seat: Seat) => Promise<T>): Promise<T> {
    const seat = await this.current();
    try {
      return await work(seat);
    } catch (error) {
      if (!(error instanceof HolderLeft) || this.#isClosed) throw error;
      return await this.use(work);
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const seat = await this.#taken;
    await seat?.close();
  }
}
