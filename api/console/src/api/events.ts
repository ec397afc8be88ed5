/** One thing that an entry of the log made or changed; the kind is that of the paths of the API. */
export interface Changed {
  kind: string;
  id: string;
  new: boolean;
}

export interface Change {
  index: number;
  changed: Changed[];
}

export interface StreamEvent {
  name: string;
  id: string;
  data: string;
}

/** Reads server-sent events (WHATWG HTML 9.2) from pieces that are cut anywhere. `id` is the last one told, with or without an event. */
export class EventReader {
  id = '';
  private rest = '';
  private name = '';
  private data: string[] = [];

  read(piece: string): StreamEvent[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): StreamEvent[] {
    if (line === '') return this.dispatch();
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
    if (field === 'event') this.name = value;
    if (field === 'data') this.data.push(value);
    if (field === 'id' && !value.includes('\0')) this.id = value;
    return [];
  }

  private dispatch(): StreamEvent[] {
    const event = { name: this.name || 'message', id: this.id, data: this.data.join('\n') };
    const told = this.data.length > 0;
    this.name = '';
    this.data = [];
    return told ? [event] : [];
  }
}

/** Which answers a kind of thing shows up in, by the beginning of their paths. */
const shownIn: Record<string, string[]> = {
  party: ['/v1/parties', '/v1/named', '/v1/coverage'],
  site: ['/v1/sites', '/v1/parties/{party}/sites'],
  key: ['/v1/keys', '/v1/parties/{party}/keys', '/v1/parties/{party}/chains'],
  permit: ['/v1/permits'],
  application: ['/v1/applications'],
  stock: ['/v1/lots', '/v1/balances', '/v1/mass-balance', '/v1/trace'],
  sale: ['/v1/sales'],
  consignment: ['/v1/consignments', '/v1/trace'],
  obligation: ['/v1/obligations'],
  finding: ['/v1/findings', '/v1/case-board', '/v1/trace'],
  stop: ['/v1/stops'],
  inspection: ['/v1/inspections'],
  seizure: ['/v1/seizures'],
  'border-case': ['/v1/border-cases'],
  report: ['/v1/reports'],
};

/** Kinds whose ids stand in the paths of their own pages: of those pages only the changed one is read again. */
const named: Record<string, RegExp> = {
  permit: /^\/v1\/permits\/\{/,
  application: /^\/v1\/applications\/\{/,
  sale: /^\/v1\/sales\/\{/,
  consignment: /^\/v1\/consignments\/\{/,
  finding: /^\/v1\/findings\/\{/,
  party: /^\/v1\/parties\/\{party\}$/,
};

/** Whether what was read under this key may be another now. Keys are [path, {path: …, query: …}, …]. */
export function touches(changed: Changed[], key: readonly unknown[]): boolean {
  const [path, params] = key;
  if (typeof path !== 'string' || !path.startsWith('/v1/')) return false;
  if (path.startsWith('/v1/entries') && !path.includes('{')) return true;
  const ids = Object.values((params as { path?: Record<string, unknown> } | undefined)?.path ?? {}).map(String);
  return changed.some(({ kind, id }) => {
    if (!shownIn[kind]?.some((each) => path.startsWith(each))) return false;
    return !named[kind]?.test(path) || ids.includes(id);
  });
}
