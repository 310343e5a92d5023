import type { ZippedText } from './zip.ts';

const DAY = 24 * 3_600_000;

/** A file that was uploaded for a bulk write. */
export interface Upload {
  readonly id: string;
  readonly files: readonly ZippedText[];
  readonly uploadedAt: number;
}

/** Uploaded files; kept for a day [?]. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  add(upload: Upload): void {
    for (const [id, { uploadedAt }] of this.#uploads)
      if (upload.uploadedAt - uploadedAt > DAY) this.#uploads.delete(id);
    this.#uploads.set(upload.id, upload);
  }

  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }
}
