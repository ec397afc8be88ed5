import { usePermitKinds, useRead, useSubstances } from '../api/hooks';
import { nameOf } from '../lib/print';

/** A party by its name; by its id while the name is on its way, or is not for us to know. `known`: as the row says it. */
export function PartyName({ id, known }: { id: string; known?: string }) {
  const party = useRead('/v1/parties/{party}', { path: { party: id }, enabled: id !== '' && !known });
  return (
    <bdi title={id}>{known || party.data?.name || id}</bdi>
  );
}

export function SubstanceName({ code }: { code: string }) {
  const substance = useSubstances().get(code);
  return (
    <span title={code}>
      {nameOf(substance, code)} <small className="dim">{code}</small>
    </span>
  );
}

/** A kind of paper in the language of the page. */
export function PermitKindName({ code }: { code: string }) {
  return <span title={code}>{nameOf(usePermitKinds().get(code), code)}</span>;
}
