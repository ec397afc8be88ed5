// What a correction set right, read from the outcomes of the two entries. Amounts are whole numbers of a base unit, exact.

/** Entries that one party makes about goods in its own hands; where two parties meet, another entry sets it right. */
export const correctable = ['stock.open', 'production.record', 'use.record', 'storage.move', 'import.receive', 'destruction.record', 'use.dispense'];

/** Goods that an entry moved from one account to another. */
export interface Moved {
  substance: string;
  lot: string;
  from: string;
  to: string;
  amount: number;
}

/** A goods move of the original, and what the correction says it was. */
export interface Restated {
  move: Moved;
  was: bigint;
  is: bigint;
}

/** Goods only: what moves on a permit is of no lot. */
export function goodsOf(outcome: Record<string, unknown> | null | undefined): Moved[] {
  return ((outcome?.moves as Moved[] | undefined) ?? []).filter((move) => move.lot);
}

const sameWay = (a: Moved, b: Moved) => a.lot === b.lot && a.from === b.from && a.to === b.to;

/** A correction moves everything back and then forwards again, so that what is right goes the way the original went. */
export function restated(original: readonly Moved[], correction: readonly Moved[]): Restated[] {
  return original.map((move) => ({
    move,
    was: BigInt(move.amount),
    is: correction.filter((each) => sameWay(each, move)).reduce((sum, each) => sum + BigInt(each.amount), 0n),
  }));
}

/** What holds goods of the unit itself; the rest is where they came from or went. */
export function isHeld(account: string): boolean {
  return account.startsWith('site:') || account.startsWith('transit:');
}

/** The agency that attended signed as well; the author's own second person is of the same party. */
export function otherSigner(payload: Record<string, unknown> | null | undefined): string | null {
  return typeof payload?.witness === 'string' ? payload.witness : null;
}
