import { useRead } from '../api/hooks';
import { PartyName } from './names';

/** Who holds a key. Keys of others are not for a unit to read: then it is the other party that had to sign. */
export function Signer({ id, other = null }: { id: string; other?: string | null }) {
  const key = useRead('/v1/keys/{key}', { path: { key: id } });
  const known = key.data as { party?: string; officer?: string } | undefined;
  if (key.isPending) return <>…</>;
  if (!known?.party) return other ? <PartyName id={other} /> : <span className="hash">{id.slice(0, 16)}</span>;
  return (
    <>
      <PartyName id={known.party} /> {known.officer && <bdi>{known.officer}</bdi>}
    </>
  );
}
