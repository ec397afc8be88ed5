import { concat, equal, type Bytes } from './bytes';
import { hash, sha256, type Suite } from './suite';

/** RFC 6962 trees. Of the log the hash is SHA-256; of batches and private values that of the author's suite. */

export function leafHash(data: Uint8Array, suite: Suite = 'ed25519-sha256'): Promise<Bytes> {
  return hash(suite, concat(Uint8Array.of(0), data));
}

export function nodeHash(left: Uint8Array, right: Uint8Array, suite: Suite = 'ed25519-sha256'): Promise<Bytes> {
  return hash(suite, concat(Uint8Array.of(1), left, right));
}

/** The root that a path (sibling first) leads to; null when its length is not that of the place. */
export async function rootByPath(
  index: number,
  size: number,
  leaf: Bytes,
  path: readonly Bytes[],
  suite: Suite = 'ed25519-sha256',
): Promise<Bytes | null> {
  if (index >= size) return null;
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  let root = leaf;
  let used = 0;
  while (last > 0n) {
    if (at & 1n || at < last) {
      const sibling = path[used++];
      if (!sibling) return null;
      root = at & 1n ? await nodeHash(sibling, root, suite) : await nodeHash(root, sibling, suite);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return used === path.length ? root : null;
}

/** The root over leaf hashes. */
export async function rootOf(leaves: readonly Bytes[], suite: Suite = 'ed25519-sha256'): Promise<Bytes> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(await rootOf(leaves.slice(0, split), suite), await rootOf(leaves.slice(split), suite), suite);
}

export async function isIncluded(index: number, size: number, leaf: Bytes, path: readonly Bytes[], root: Uint8Array): Promise<boolean> {
  const reached = await rootByPath(index, size, leaf, path);
  return reached !== null && equal(reached, root);
}

/** The path (sibling first) of one leaf. */
export async function pathOf(index: number, leaves: readonly Bytes[], suite: Suite = 'ed25519-sha256'): Promise<Bytes[]> {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...(await pathOf(index, left, suite)), await rootOf(right, suite)]
    : [...(await pathOf(index - split, right, suite)), await rootOf(left, suite)];
}
