import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fromHex, utf8 } from './bytes';
import { commitment } from './entry';
import { codeOf, readCode, sealCode } from './letter_code';

const example = (step: string) => {
  const page = readFileSync(new URL(`../../../../schema/steps/${step}.md`, import.meta.url), 'utf8');
  return JSON.parse(/```json\n(.*?)\n```/s.exec(page)![1]!) as Record<string, string>;
};

it('a code is made and checked as the registry does it', () => {
  expect(codeOf(new Uint8Array(10))).toBe('0000-0000-0000-0000-0');
  expect(codeOf(new Uint8Array(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ-G');
  expect(readCode(codeOf(utf8('0123456789')))).toBe(codeOf(utf8('0123456789')));
});

it('a code typed from paper is read as printed, a misread one is not', () => {
  const { code } = example('party.answer');
  expect(readCode(code!)).toBe(code);
  expect(readCode(` ${code!.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
  expect(readCode('oooo oooo oooo oooo o')).toBe('0000-0000-0000-0000-0');
  expect(readCode(code!.replace('7', '8'))).toBeNull();
  expect(readCode(code!.slice(1))).toBeNull();
});

it('the examples of the steps open each other', async () => {
  const sent = example('party.challenge');
  const { letter, code } = example('party.answer');
  const path = `/address-code/${sent.party}/${letter}`;
  const sealed = await commitment('p256-sha256', fromHex(sent.salt!)!, path, code!);
  expect(Buffer.from(sealed).toString('hex')).toBe(sent.commitment);
});

it('each code is new, and sealed for one letter', async () => {
  const [one, two] = [await sealCode('HS-1', 'P-1'), await sealCode('HS-1', 'P-1')];
  expect(one.code).not.toBe(two.code);
  expect(one.commitment).toMatch(/^[0-9a-f]{64}$/);
  expect((await sealCode('HS-2', 'P-1', new Uint8Array(10), new Uint8Array(32))).commitment).not.toBe(
    (await sealCode('HS-1', 'P-1', new Uint8Array(10), new Uint8Array(32))).commitment,
  );
});
