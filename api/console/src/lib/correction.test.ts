import { expect, it } from 'vitest';
import { goodsOf, restated, type Moved } from './correction';

const move = (from: string, to: string, amount: number, lot = 'L-1'): Moved => ({ substance: 'CN3-02', lot, from, to, amount });

it('what is right goes the way the original went; what was taken back does not count', () => {
  const original = [move('site:C-1', 'used', 25_000)];
  const correction = [move('used', 'site:C-1', 25_000), move('site:C-1', 'used', 2_500)];
  expect(restated(original, correction).map(({ was, is }) => [was, is])).toEqual([[25_000n, 2_500n]]);
});

it('a lot of which nothing moved after all is set to zero, and each lot stands for itself', () => {
  const original = [move('opening', 'site:C-1', 5), move('opening', 'site:C-1', 7, 'L-2')];
  const correction = [move('site:C-1', 'opening', 5), move('site:C-1', 'opening', 7, 'L-2'), move('opening', 'site:C-1', 8, 'L-2')];
  expect(restated(original, correction).map(({ move: { lot }, is }) => [lot, is])).toEqual([['L-1', 0n], ['L-2', 8n]]);
});

it('what moves on a permit is no goods', () => {
  expect(goodsOf({ moves: [move('permit:P', 'used:P', 3, ''), move('site:C-1', 'used', 3)] })).toHaveLength(1);
  expect(goodsOf(null)).toEqual([]);
});
