/** Values of one revision of the store. A new revision drops all of them; the least lately used go first when full. */
export class ByRevision<Value> {
  readonly #kept = new Map<string, Value>();
  readonly #maxBytes: number;
  readonly #weigh: (value: Value, key: string) => number;
  #bytes = 0;
  #revision = -1;

  constructor(maxBytes: number, weigh: (value: Value, key: string) => number) {
    this.#maxBytes = maxBytes;
    this.#weigh = weigh;
  }

  get revision(): number {
    return this.#revision;
  }

  get size(): { readonly answers: number; readonly bytes: number } {
    return { answers: this.#kept.size, bytes: this.#bytes };
  }

  /** True when everything was dropped. Two questions may be answered out of order; the log itself never goes back. */
  moveTo(revision: number): boolean {
    if (revision <= this.#revision) return false;
    this.#revision = revision;
    this.clear();
    return true;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  /** Without using it: its place among the least lately used stays. */
  peek(key: string): Value | undefined {
    return this.#kept.get(key);
  }

  get(key: string): Value | undefined {
    const value = this.#kept.get(key);
    if (value === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, value);
    return value;
  }

  /** `revision`: as it was before the value began to be made; what is older than the present one isn't kept. */
  keep(key: string, value: Value, revision: number): void {
    if (revision !== this.#revision) return;
    this.drop(key);
    this.#kept.set(key, value);
    this.#bytes += this.#weigh(value, key);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    const value = this.#kept.get(key);
    if (value === undefined) return;
    this.#kept.delete(key);
    this.#bytes -= this.#weigh(value, key);
  }
}
