import { describe, expect, it } from 'vitest';
import type { Amount, TraceEdge, TraceNode } from '../../api/rows';
import { bundles, isWithin, places, setAside } from './trace_layout';

const mg = (amount: number): Amount => ({ amount, unit: 'mg', text: '' });
const node = (hops: number, site = '') => ({ hops, site, account: `site:${site}` }) as TraceNode;
const edge = (source: number, target: number, amount: number, index = 0, consignment = '') => ({ source, target, amount: mg(amount), index, consignment }) as TraceEdge;

it('what went from one place to another is one line with its sum', () => {
  const lines = bundles([edge(0, 1, 5), edge(0, 1, 7), edge(1, 2, 1)]);
  expect(lines.map((each) => [each.source, each.target, each.edges.length, each.amount.amount])).toEqual([[0, 1, 2, 12], [1, 2, 1, 1]]);
});

describe('the places of a graph', () => {
  it('stand in columns by distance, each node on a place of its own', () => {
    const nodes = [node(0), node(1), node(1), node(2)];
    const at = places(nodes, []);
    expect(at[1]!.x).toBe(at[2]!.x);
    expect(at[0]!.x < at[1]!.x && at[1]!.x < at[3]!.x).toBe(true);
    expect(new Set(at.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });
  it('of two thousand nodes fill a picture in both directions', () => {
    const nodes = [node(0), ...Array.from({ length: 1_999 }, () => node(1))];
    const at = places(nodes, []);
    const span = (values: number[]) => Math.max(...values) - Math.min(...values);
    const shape = span(at.map(({ x }) => x)) / span(at.map(({ y }) => y));
    expect(shape > 0.5 && shape < 4).toBe(true);
    expect(new Set(at.map(({ x, y }) => `${x} ${y}`)).size).toBe(2_000);
  });
});

it('a movement lies in the interval of a loss by its consignment, or by its site, and by its time', () => {
  const nodes = [node(0, 'S-1'), node(1, 'S-2')];
  const road = { finding: 'F', subject: 'consignment:W-1', from: 10, to: 20 };
  expect([9, 10, 20, 21].map((index) => isWithin(edge(0, 1, 1, index, 'W-1'), nodes, road))).toEqual([false, true, true, false]);
  expect(isWithin(edge(0, 1, 1, 15, 'W-2'), nodes, road)).toBe(false);
  expect(isWithin(edge(0, 1, 1, 15), nodes, { ...road, subject: 'site:S-2' })).toBe(true);
});

describe('a correction', () => {
  const wrong = { ...edge(0, 1, 25, 7), corrected_by: 9 };
  const [back, right] = [{ ...edge(1, 0, 25, 9), corrected_by: null }, { ...edge(0, 1, 3, 9), corrected_by: null }];
  it('sets the wrong movement and its way back aside, and leaves the right one', () => {
    expect(setAside([wrong, back, right])).toEqual(new Set([wrong, back]));
  });
  it('of a later day sets nothing aside', () => {
    expect(setAside([wrong]).size).toBe(0);
  });
});
