import { describe, expect, it } from 'vitest';
import { EventReader, touches } from './events';

const stream = 'retry: 2000\nid: 4\nevent: ready\ndata: {"next":5}\n\n:\n\nid: 5\nevent: change\ndata: {"index":5}\n\nid: 7\n\n';

describe('reading events', () => {
  it('gives the same events wherever the pieces are cut', () => {
    for (let size = 1; size < stream.length; size += 1) {
      const reader = new EventReader();
      const events = [];
      for (let at = 0; at < stream.length; at += size) events.push(...reader.read(stream.slice(at, at + size)));
      expect(events).toEqual([
        { name: 'ready', id: '4', data: '{"next":5}' },
        { name: 'change', id: '5', data: '{"index":5}' },
      ]);
      expect(reader.id).toBe('7');
    }
  });

  it('takes any line end, joins lines of data, and knows fields without a value', () => {
    const reader = new EventReader();
    expect(reader.read('data: a\r\ndata\r\ndata:b\r\n\r\nevent: x\rdata: c\r\r\n')).toEqual([
      { name: 'message', id: '', data: 'a\n\nb' },
      { name: 'x', id: '', data: 'c' },
    ]);
  });
});

describe('what is read again', () => {
  const changed = [{ kind: 'consignment', id: 'C-1', new: false }];
  it('is what shows the thing, and of single pages its own', () => {
    expect(touches(changed, ['/v1/consignments', { query: {} }, 'rows'])).toBe(true);
    expect(touches(changed, ['/v1/consignments/{consignment}', { path: { consignment: 'C-1' } }])).toBe(true);
    expect(touches(changed, ['/v1/consignments/{consignment}', { path: { consignment: 'C-2' } }])).toBe(false);
    expect(touches(changed, ['/v1/trace/lots/{lot}', { path: { lot: 'LOT-1' } }])).toBe(true);
    expect(touches(changed, ['/v1/entries', {}])).toBe(true);
  });
  it('is nothing else', () => {
    expect(touches(changed, ['/v1/permits', {}])).toBe(false);
    expect(touches(changed, ['substances'])).toBe(false);
    expect(touches([{ kind: 'no-such-kind', id: 'x', new: true }], ['/v1/permits', {}])).toBe(false);
  });
});
