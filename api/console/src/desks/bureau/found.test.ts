import { expect, it } from 'vitest';
import type { Substance } from '../../api/rows';
import { substancesOf } from './found';

const all = [
  { code: 'CN3-02', cas: '67-64-1', name_zh: '丙酮', name_en: 'Acetone', aliases: ['二甲基酮'] },
  { code: 'CN3-01', cas: '108-88-3', name_zh: '甲苯', name_en: 'Toluene', aliases: [] },
  { code: 'CN2-02', cas: '108-24-7', name_zh: '醋酸酐', name_en: 'Acetic anhydride', aliases: ['乙酸酐'] },
] as unknown as Substance[];

it.each([
  ['丙酮', ['CN3-02']],
  ['67-64-1', ['CN3-02']],
  ['乙酸酐', ['CN2-02']],
  ['ace', ['CN3-02', 'CN2-02']],
  ['CN3', ['CN3-02', 'CN3-01']],
  ['赣J12345', []],
  ['丙', []],
])('%s means %j', (text, codes) => expect(substancesOf(text, all)).toEqual(codes));
