import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { addSignature, prepare } from './entry';
import { readHalfSigned, writeHalfSigned } from './half_signed';
import { makeKey, signerOf } from './keystore';

const draft = { ledger: 'registry.example/360300', party: 'P-1', type: 'use.record/v1', payload: { site: 'C-1', lot: 'L-1' } };

async function half(): Promise<string> {
  const signer = signerOf(await makeKey('p256-sha256', 'first'));
  const entry = await prepare(draft, signer, null);
  await addSignature(entry, signer);
  return writeHalfSigned(entry.submission);
}

it('a second person sees on another device what the first one signed, and adds a signature to it', async () => {
  const read = await readHalfSigned(await half());
  if (typeof read === 'string') throw new Error(read);
  expect([read.header.party, read.header.type, read.payload.lot]).toEqual(['P-1', 'use.record', 'L-1']);
  const second = signerOf(await makeKey('sm2-sm3', 'second'));
  await addSignature({ submission: read.submission, header: read.header, id: '' }, second);
  expect(read.submission.signatures.map((each) => each.key)).toEqual([read.header.key, second.id]);
});

it.each([
  ['something else', () => '{"a":1}', 'not-a-file'],
  ['no text of ours', () => 'x', 'not-a-file'],
  ['a changed header', (text: string) => text.replace('party P-1', 'party  P-1'), 'bad-header'],
  ['another lot than was signed', (text: string) => text.replace('L-1', 'L-2'), 'other-payload'],
])('%s is not shown as if it had been signed', async (_, change, fault) => {
  expect(await readHalfSigned(change(await half()))).toBe(fault);
});
