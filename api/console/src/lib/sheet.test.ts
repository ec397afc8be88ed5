import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { xlsx } from './sheet';

it('a table becomes a workbook in which codes keep their zeros and nothing is a formula', async () => {
  const blob = await xlsx([['编号', '数量'], ['0042', '=1+1'], ['赣J"12"', '12.5 千克']], 'permits');
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!);
  const texts = strFromU8(files['xl/sharedStrings.xml']!);
  expect(sheet).not.toContain('<f>');
  expect(sheet).not.toMatch(/<c [^>]*t="n"/);
  for (const text of ['0042', '=1+1', '12.5 千克']) expect(texts).toContain(text);
});
