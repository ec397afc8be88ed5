// The example of docs/format.md: real keys, signatures and hashes, made by the registry.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { base64, fromBase64, fromHex, hex, utf8 } from './bytes';
import { readCanonical, canonical, type Json } from './canonical';
import { commitment } from './entry';
import { entryId, formatHeader, parseHeader } from './header';
import { parseLeaf } from './leaf';
import { leafHash, nodeHash, rootOf } from './merkle';
import { openCheckpoint, parseLogKey } from './note';
import { checkReceipt } from './receipt';
import { verifyBundle, verifyReceipt } from './bundle';
import { keyId } from './suite';
import { verify } from './signature';

const page = readFileSync(new URL('../../../../docs/format.md', import.meta.url), 'utf8');

/** A fenced block by its name; leaves and notes end with LF, JSON texts do not. */
function block(kind: string, name: string): string {
  const match = new RegExp('```' + kind + ' ' + name + '\\n([\\s\\S]*?)```').exec(page);
  if (!match) throw new Error(`no block ${name}`);
  return kind === 'json' ? match[1]!.trimEnd() : match[1]!;
}

const payload = (n: number) => block('json', `payload-${n}`);
const outcome = (n: number) => block('json', `outcome-${n}`);
const leaf = (n: number) => block('text', `leaf-${n}`);
const sums = new Map(block('text', 'sums').trim().split('\n').map((line) => {
  const words = line.split(' ');
  return [words.slice(0, -1).join(' '), words.at(-1)!];
}));
const vkey = (JSON.parse(payload(0)) as { log_key: string }).log_key;
const entries = [0, 1, 2, 3];

/** The receipt of any of the four entries, by the tree of the page. */
async function receipt(n: number): Promise<string> {
  const hashes = await Promise.all(entries.map((each) => leafHash(utf8(leaf(each)))));
  const pair = await nodeHash(hashes[n < 2 ? 2 : 0]!, hashes[n < 2 ? 3 : 1]!);
  return `c2sp.org/tlog-proof@v1\nindex ${n}\n${base64(hashes[n ^ 1]!)}\n${base64(pair)}\n\n${block('text', 'checkpoint')}`;
}

async function bundle(n: number): Promise<{ [key: string]: Json }> {
  const entry = async (each: number) => ({ index: each, leaf: leaf(each), payload: payload(each), outcome: outcome(each), receipt: await receipt(each) });
  const enrolledBy: Record<number, number> = { 0: 0, 1: 1, 2: 2, 3: 2 };
  const by = enrolledBy[n]!;
  return {
    format: 'tallystick.bundle/v1',
    ledger: 'registry.example/360300',
    log_key: vkey,
    entry: await entry(n),
    keys: [{ key: parseLeaf(leaf(by))!.header.key, revoked: null, enrolled_by: await entry(by) }],
  };
}

describe('the example of the format page', () => {
  it('has payloads and outcomes in their one spelling', () => {
    for (const n of entries) for (const text of [payload(n), outcome(n)]) expect(canonical(readCanonical(text)!)).toBe(text);
  });

  it('has the entry ids and leaf hashes that we compute', async () => {
    for (const n of entries) {
      const read = parseLeaf(leaf(n))!;
      expect(formatHeader(read.header)).toBe(read.headerText);
      expect(await entryId(read.header.suite, read.headerText)).toBe(sums.get(`entry-id ${n}`));
      expect(hex(await leafHash(utf8(leaf(n))))).toBe(sums.get(`leaf-hash ${n}`));
    }
  });

  it('has the root that we compute', async () => {
    expect(hex(await rootOf(await Promise.all(entries.map((n) => leafHash(utf8(leaf(n)))))))).toBe(sums.get('root 4'));
  });

  it('has key ids that we compute', async () => {
    const keys = (JSON.parse(outcome(1)) as { put: { key: { spki: string }[] } }).put.key;
    expect(await keyId('p256-sha256', fromBase64(keys[0]!.spki)!)).toBe(sums.get('key-id P-1'));
  });

  it('has commitments to private values that we compute', async () => {
    const lines = block('text', 'private-2').trim().split('\n');
    for (const [n, line] of lines.entries()) {
      const [path, value, salt] = line.split(' ');
      expect(hex(await commitment('sm2-sm3', fromHex(salt!)!, path!, value!))).toBe(sums.get(`commitment ${n}`));
    }
  });

  it('has a checkpoint that the log signed, and no other text passes for it', async () => {
    const log = (await parseLogKey(vkey))!;
    expect((await openCheckpoint(block('text', 'checkpoint'), log))?.size).toBe(4);
    expect(await openCheckpoint(block('text', 'checkpoint').replace('\n4\n', '\n5\n'), log)).toBeNull();
  });

  it('has a receipt that leads to it', async () => {
    const log = (await parseLogKey(vkey))!;
    expect(await receipt(2)).toBe(block('text', 'receipt-2'));
    expect(await checkReceipt(block('text', 'receipt-2'), leaf(2), log)).toMatchObject({ index: 2 });
    expect(await checkReceipt(block('text', 'receipt-2'), leaf(1), log)).toBe('path');
  });

  it('verifies as bundles under all three suites', async () => {
    for (const n of entries) {
      const verdict = await verifyBundle(JSON.stringify(await bundle(n)), vkey);
      expect(verdict.defects).toEqual([]);
      expect(verdict.signatures).toBeGreaterThan(0);
    }
  });

  it('verifies as a receipt with its leaf', async () => {
    expect((await verifyReceipt(await receipt(3), leaf(3), vkey)).defects).toEqual([]);
    expect((await verifyReceipt(await receipt(3), leaf(2), vkey)).defects).toMatchObject([{ kind: 'path' }]);
  });
});

describe('a bundle that was changed', () => {
  const change = async (n: number, edit: (bundle: any) => void) => {
    const changed = await bundle(n);
    edit(changed);
    return (await verifyBundle(JSON.stringify(changed), vkey)).defects.map((each) => each.kind);
  };

  it('names the payload', async () => {
    expect(await change(3, (b) => (b.entry.payload = b.entry.payload.replace('W-1', 'W-2')))).toEqual(['payload-hash', 'outcome-salt']);
  });
  it('names the outcome', async () => {
    expect(await change(3, (b) => (b.entry.outcome = b.entry.outcome.replace('W-1', 'W-2')))).toEqual(['outcome-hash']);
  });
  it('names the leaf and the signature when the header is another', async () => {
    const kinds = await change(1, (b) => (b.entry.leaf = b.entry.leaf.replace('\ntime 2026-01-31T08:15:31', '\ntime 2026-01-31T08:15:32')));
    expect(kinds).toEqual(['path', 'signature']);
  });
  it('names the place', async () => {
    expect(await change(2, (b) => (b.entry.index = 1))).toContain('seq');
  });
  it('names a key that nobody enrolled', async () => {
    expect(await change(3, (b) => (b.keys = []))).toEqual(['key-unknown']);
  });
  it('names a key that was revoked before', async () => {
    expect(await change(3, (b) => (b.keys[0].revoked = 2))).toEqual(['key-inactive']);
  });
  it('names another log key', async () => {
    const other = await bundle(1);
    other.log_key = vkey.replace('registry', 'registrx');
    await expect(verifyBundle(JSON.stringify(other), vkey)).rejects.toThrow('log-key');
  });
});

describe('signatures', () => {
  const of = (n: number) => {
    const read = parseLeaf(leaf(n))!;
    const row = (JSON.parse(outcome(n)) as { put: { key: { spki: string }[] } }).put.key[0]!;
    return { read, spki: fromBase64(row.spki)! };
  };

  it('of P-256 with the larger s are refused', async () => {
    const { read, spki } = of(1);
    const der = read.signatures[0]!.signature;
    expect(await verify('p256-sha256', spki, utf8(read.headerText), der)).toBe(true);
    const { fromDer, toDer } = await import('./der');
    const pair = fromDer(der)!;
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    expect(await verify('p256-sha256', spki, utf8(read.headerText), toDer({ r: pair.r, s: order - pair.s }))).toBe(false);
  });

  it('of Ed25519 with a key of small order are refused', async () => {
    const spki = Uint8Array.from([...fromHex('302a300506032b6570032100')!, 1, ...new Uint8Array(31)]);
    const forged = Uint8Array.from([1, ...new Uint8Array(63)]);
    expect(await verify('ed25519-sha256', spki, utf8('anything'), forged)).toBe(false);
  });
});

describe('other spellings', () => {
  it('of a header are refused', () => {
    const header = parseLeaf(leaf(2))!.headerText;
    expect(parseHeader(header)).not.toBeNull();
    for (const other of [header.replace('cseq 1', 'cseq 01'), header.replace('\nseen', ' \nseen'), header.slice(0, -1), `${header}x\n`])
      expect(parseHeader(other)).toBeNull();
  });
  it('of JSON are refused', () => {
    for (const other of ['{"b":1,"a":1}', '{"a":1.5}', '{"a":1, "b":2}', '{"a":1,"a":1}', '{"a":9007199254740992}', '{"a":"\\u0041"}'])
      expect(readCanonical(other)).toBeNull();
  });
});

