import type { Amount, MassBalance } from '../../api/rows';

/** One stream of a balance: what came in or went out, and why. */
export interface Stream {
  name: string;
  amount: Amount;
}

export interface Streams {
  into: Stream[];
  out: Stream[];
}

const inwards = ['opened', 'produced', 'imported', 'received', 'found', 'count_surplus', 'moved_in'];

/** What a line says, as streams: opening and all that came in on one side, all that went out and closing on the other. */
export function streamsOf(line: MassBalance): Streams {
  const columns = Object.entries(line.columns)
    .filter(([, amount]) => amount.amount !== 0)
    .map(([name, amount]) => ({ name, amount }));
  const some = (name: string, amount: Amount) => (amount.amount === 0 ? [] : [{ name, amount }]);
  return {
    into: [...some('opening', line.opening), ...columns.filter(({ name }) => inwards.includes(name))],
    out: [...columns.filter(({ name }) => !inwards.includes(name)), ...some('closing', line.closing)],
  };
}

/** Whether a stream means that goods are missing. */
export function isLoss(name: string): boolean {
  return name === 'lost' || name === 'count_shortage';
}
