import { expect, it } from 'vitest';
import type { Amount, MassBalance } from '../../api/rows';
import { isLoss, streamsOf } from './balance_flows';

const mg = (amount: number): Amount => ({ amount, unit: 'mg', text: '' });
const line = {
  opening: mg(100), in: mg(50), out: mg(90), closing: mg(60),
  columns: { produced: mg(50), imported: mg(0), used: mg(80), count_shortage: mg(10) },
} as unknown as MassBalance;

it('the streams of a line add up on both sides, and nothing that did not move is drawn', () => {
  const { into, out } = streamsOf(line);
  const sum = (all: { amount: Amount }[]) => all.reduce((total, each) => total + each.amount.amount, 0);
  expect([sum(into), sum(out)]).toEqual([150, 150]);
  expect(into.map((each) => each.name)).toEqual(['opening', 'produced']);
  expect(out.filter((each) => isLoss(each.name)).map((each) => each.name)).toEqual(['count_shortage']);
});
