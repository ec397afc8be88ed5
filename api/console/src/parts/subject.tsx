import { Link } from 'wouter';

/** Where a thing is shown: "consignment:W-1" and its like. */
export function placeOfSubject(subject: string): string | null {
  const at = subject.indexOf(':');
  const [kind, id] = [subject.slice(0, at), subject.slice(at + 1)];
  const places: Record<string, string> = { consignment: 'goods', permit: 'permit', finding: 'finding', lot: 'lot', party: 'party', entry: 'entry' };
  return places[kind] ? `/${places[kind]}/${id}` : null;
}

export function Subject({ of }: { of: string }) {
  const place = placeOfSubject(of);
  const id = of.slice(of.indexOf(':') + 1);
  return place ? <Link href={place}>{id}</Link> : <>{id}</>;
}
