import type { Instant } from '../../schemas/instant.ts';

/**
 * What many ask for is done at once for the first, and once more at the end of the window for all others within it: nothing
 * that was said in between is missed, and nobody makes us do it oftener.
 */
export class Windows {
  readonly #open = new Map<string, { readonly until: Instant; again?: NodeJS.Timeout }>();
  readonly #length: number;
  readonly #now: () => Instant;
  readonly #failed: (thrown: unknown, name: string) => void;

  constructor(length: number, now: () => Instant, failed: (thrown: unknown, name: string) => void) {
    this.#length = length;
    this.#now = now;
    this.#failed = failed;
  }

  /** Resolves when it was done, at once where it has to wait. */
  async ask(name: string, act: () => Promise<void>): Promise<void> {
    const open = this.#open.get(name);
    const left = (open?.until ?? 0) - this.#now();
    if (!open || left <= 0) {
      this.#open.set(name, { until: this.#now() + this.#length });
      return act();
    }
    open.again ??= setTimeout(() => {
      this.#open.delete(name);
      act().catch(thrown => this.#failed(thrown, name));
    }, left);
    open.again.unref();
    return undefined;
  }
}
