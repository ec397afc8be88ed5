/** A difference below this is that of a second's rounding and of the way, not of the clock. */
const tolerated = 2_000;
/** How long after its Date an answer may come in and still be one of now. */
const onTheWay = 5_000;

/**
 * What time it is at the registry, by the Date headers of its answers. A browser may answer from its cache, under the Date
 * of then: such an answer is older than now, never newer, so that it may move the clock forwards but not back. Only an
 * answer that is known to come from the registry itself does both.
 */
export class RegistryClock {
  private offset: number | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly here: () => number = () => Date.now()) {}

  /** `fresh`: no cache can have given this answer. */
  hear(date: string | null, fresh: boolean): void {
    const then = Date.parse(date ?? '');
    if (Number.isNaN(then)) return;
    const least = then - this.here();
    const known = this.offset;
    const isLater = known === null || least > known;
    if (isLater || (fresh && known > least + onTheWay)) this.set(least + 500);
  }

  private set(offset: number): void {
    this.offset = offset;
    for (const each of this.listeners) each();
  }

  /** How far the clock here is behind the registry's, in milliseconds; 0 where that is within what can be measured. */
  skew(): number {
    return Math.abs(this.offset ?? 0) > tolerated ? this.offset! : 0;
  }

  now(): Date {
    return new Date(this.here() + this.skew());
  }

  whenItChanges(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export const clock = new RegistryClock();
