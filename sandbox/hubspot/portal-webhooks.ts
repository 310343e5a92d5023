import type { Portal } from './portal.ts';
import { WebhookEmitter, type WebhookOptions, type WebhookReport } from './webhook-emitter.ts';

/** To whom the portal's events go, if to anybody; changed while the sandbox runs. */
export class PortalWebhooks {
  readonly #portal: Portal;
  #options: WebhookOptions | null = null;
  #emitter: WebhookEmitter | null = null;

  constructor(portal: Portal, options: WebhookOptions | undefined) {
    this.#portal = portal;
    if (options !== undefined) this.#start(options);
  }

  /** From now on, to this app; what was on its way to the one before ends. */
  async point(options: WebhookOptions): Promise<void> {
    const before = this.#emitter;
    this.#start(options);
    await before?.stop();
  }

  /** Waits until everything that has happened so far is delivered or given up. */
  async settle(): Promise<void> {
    await this.#emitter?.settle();
  }

  /** Ends deliveries, also those under way. */
  async stop(): Promise<void> {
    const before = this.#emitter;
    [this.#emitter, this.#options] = [null, null];
    await before?.stop();
  }

  /** Without the secret; `null`: nobody is told. */
  state(): (Omit<WebhookOptions, 'clientSecret'> & WebhookReport) | null {
    if (this.#options === null || this.#emitter === null) return null;
    const { clientSecret: _secret, ...shown } = this.#options;
    return { ...shown, ...this.#emitter.report() };
  }

  #start(options: WebhookOptions): void {
    this.#emitter = new WebhookEmitter(this.#portal, options);
    this.#options = options;
  }
}
