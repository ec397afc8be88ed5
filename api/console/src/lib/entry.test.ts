import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex, utf8 } from './bytes';
import { addSignature, next, prepare, signTogether, type Prepared } from './entry';
import { parseHeader, zeros } from './header';
import { forgetKey, importKey, makeKey, signerOf, storedKeys } from './keystore';
import { leafHash, rootByPath } from './merkle';
import { suites } from './suite';
import { verify } from './signature';

const draft = { ledger: 'registry.example/360300', party: 'P-1', type: 'site.add/v1', payload: { site: 'W-1', name: '库房' } };

describe.each(suites)('a key of suite %s', (suite) => {
  it('is kept, and signs an entry that verifies', async () => {
    const stored = await makeKey(suite, 'desk');
    expect((await storedKeys()).map((each) => each.id)).toContain(stored.id);
    const signer = signerOf(stored);
    const entry = await prepare(draft, signer, null);
    await addSignature(entry, signer);
    const header = parseHeader(entry.submission.header)!;
    expect([header.cseq, header.prev, header.chain]).toEqual([1, zeros, stored.id.slice(0, 32)]);
    const signature = fromBase64(entry.submission.signatures[0]!.signature)!;
    expect(await verify(suite, stored.spki, utf8(entry.submission.header), signature)).toBe(true);
    expect(await verify(suite, stored.spki, utf8(entry.submission.header.replace('P-1', 'P-2')), signature)).toBe(false);
    await forgetKey(stored.id);
  });

  it('signs several entries of its chain together', async () => {
    const stored = await makeKey(suite, 'desk');
    const signer = signerOf(stored);
    const entries: Prepared[] = [];
    for (let n = 0; n < 3; n += 1) {
      const before = entries.at(-1);
      entries.push(await prepare(draft, signer, before ? next(before) : null));
    }
    await signTogether(entries, signer);
    for (const entry of entries) {
      const { batch, signature } = entry.submission.signatures[0]!;
      const path = batch!.path.map((each) => fromBase64(each)!);
      const root = await rootByPath(batch!.index, batch!.size, await leafHash(fromHex(entry.id)!, suite), path, suite);
      const text = `ledger.batch/v1\n${suite}\n${draft.ledger}\n${stored.id}\n3 ${btoa(String.fromCharCode(...root!))}\n`;
      expect(await verify(suite, stored.spki, utf8(text), fromBase64(signature)!)).toBe(true);
    }
    expect(entries.map((each) => each.header.cseq)).toEqual([1, 2, 3]);
    expect(entries[2]!.header.prev).toBe(entries[1]!.id);
  });
});

it('a key of WebCrypto cannot be taken out', async () => {
  const { key } = await makeKey('p256-sha256', 'desk');
  await expect(crypto.subtle.exportKey('pkcs8', key!)).rejects.toThrow();
});

it('a payload keeps the nonce it has, and gets one where it has none', async () => {
  const signer = { suite: suites[0]!, id: 'a'.repeat(64) };
  expect((await prepare({ ...draft, payload: { nonce: 'f'.repeat(32) } }, signer, null)).submission.payload).toContain('ffff');
  expect((await prepare(draft, signer, null)).submission.payload).toMatch(/"nonce":"[0-9a-f]{32}"/);
});

describe.each([
  ['sm2-sm3', '6df917001ce7f62b196cd8f2c238357145c362678c22a5b566912ac0dd93e522', 'MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQg0zU+2y4DqqndmihMqYfDk6kfxWuXXIE3ijFtEsSQ/pqhRANCAATv3F5CdKbWOlPorIfX7UI8FTOwtJJuHCSJ5XWpEIprwoG8fKX/RVbis6wqYKPwYO1KtqEj5NzhV04d+tS4JL6I'],
  ['p256-sha256', '31ee97599d2b9a7d88a4169d62779e46a43c9681eeba4c743f3f6f01df480994', 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgc/d1l5KFYFM1kGL72C3cbZHv8GLGxP1FcP3hsPFhE+ShRANCAAT6aZAHck0rGHJVjrjeNQorRGHPq6fyy77+MO5W4Hd5wIkxuV9tHJ6k8bOUaniFw0m95Dfr9bC7TO0C85fWc3j+'],
  ['ed25519-sha256', '1621c472ad3d50af3c7ccbc635a488e1f99ccad4a29af59de3d9b924620e485b', 'MC4CAQAwBQYDK2VwBCIEIPsOWyErNjIOdDTWYmmZ9GAJHsq9az7Qq3PcKcg1t8hi'],
] as const)('a key of suite %s that the program made', (suite, id, body) => {
  it('is the same key in the browser, and signs there', async () => {
    const stored = await importKey(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`, 'file');
    expect([stored.suite, stored.id]).toEqual([suite, id]);
    const signature = await signerOf(stored).sign(utf8('text'));
    expect(await verify(suite, stored.spki, utf8('text'), signature)).toBe(true);
    await forgetKey(stored.id);
  });
});
