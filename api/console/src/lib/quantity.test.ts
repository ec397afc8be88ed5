import { describe, expect, it } from 'vitest';
import { amountOf, formatAmount, readQuantity } from './quantity';

describe('a quantity as people type it', () => {
  it.each([
    ['12.5', { unit: 'kg', value: '12.5' }],
    ['１２．５ 公斤', { unit: 'kg', value: '12.5' }],
    ['12.5 公斤', { unit: 'kg', value: '12.5' }],
    ['12。5千克', { unit: 'kg', value: '12.5' }],
    ['1,250 g', { unit: 'g', value: '1250' }],
    ['1，250，000 毫克', { unit: 'mg', value: '1250000' }],
    ['007', { unit: 'kg', value: '7' }],
    ['0.50', { unit: 'kg', value: '0.50' }],
    ['3 盒', { unit: 'box', value: '3' }],
    ['40 片', { unit: 'pcs', value: '40' }],
    ['\u202e12 KG', { unit: 'kg', value: '12' }],
    ['5 µg', { unit: 'ug', value: '5' }],
  ])('%s is read', (text, quantity) => expect(readQuantity(text, 'kg')).toEqual(quantity));

  it.each([
    ['', 'empty'],
    ['公斤', 'not-a-number'],
    ['-1 kg', 'not-a-number'],
    ['1e3', 'unknown-unit'],
    ['1.2.3', 'not-a-number'],
    ['5.', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['12 斤', 'unknown-unit'],
    ['12345678901234567', 'too-long'],
    ['1,25', 'unknown-unit'],
  ])('%s is not: %s', (text, fault) => expect(readQuantity(text, 'kg')).toBe(fault));

  it('needs a unit', () => expect(readQuantity('5', null)).toBe('no-unit'));
});

describe('an amount', () => {
  it('is exact', () => {
    expect(amountOf({ unit: 'g', value: '417.29' }, 'mg')).toBe(417290n);
    expect(amountOf({ unit: 't', value: '0.000000001' }, 'mg')).toBe(1n);
  });
  it('is never rounded', () => expect(amountOf({ unit: 'mg', value: '0.5' }, 'mg')).toBe('not-whole'));
  it('of mass is no number of pieces', () => expect(amountOf({ unit: 'kg', value: '1' }, 'pcs')).toBe('wrong-kind'));
  it('has a bound', () => expect(amountOf({ unit: 't', value: '9000001' }, 'mg')).toBe('too-large'));
  it('is shown in the unit with fewest zeros', () => {
    expect(formatAmount(417290n, 'mg')).toEqual({ unit: 'g', value: '417.29' });
    expect(formatAmount(0n, 'mg')).toEqual({ unit: 'mg', value: '0' });
    expect(formatAmount(-1200000n, 'mg')).toEqual({ unit: 'kg', value: '-1.2' });
    expect(formatAmount(40n, 'pcs')).toEqual({ unit: 'pcs', value: '40' });
    expect(formatAmount(2500000n, 'ug')).toEqual({ unit: 'g', value: '2.5' });
  });
});
