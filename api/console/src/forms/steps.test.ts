// The forms say what the pages of the steps say: the same members, the same ones optional.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { placeOf, readForm } from './payload';
import { amountsOfPickedLots, formFor, formOf, stepForms, type Field } from './steps';

const folder = new URL('../../../../schema/steps/', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
const pages = new Map(
  readdirSync(folder).filter((name) => name !== 'README.md').map((name) => [name.replace('.md', ''), readFileSync(new URL(name, folder), 'utf8')]),
);

/** Members of a page's table: name, and whether it may be left out: "`agency?`", or "`agency`?". */
function membersOf(page: string): Map<string, boolean> {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`(\??)/g)].flatMap((each) => each[1]!.split(/,\s*/).map((name) => name + each[2])));
  return new Map(names.map((name) => [name.replace('?', ''), name.endsWith('?')]));
}

/** Text of a step's line in the overview: its third column. */
function lineOf(type: string): string {
  const line = readme.split('\n').find((each) => each.startsWith(`| \`${type}/v1\``));
  if (!line) throw new Error(`no line for ${type}`);
  return line.split('|')[3]!;
}

/** Needed by what the report is about; its page says by which. */
const byKindOfReport = ['period', 'about', 'to', 'answers', 'happened_on'];
/** Members that one of a group replaces; a page writes the first of them as if it were always there. */
const optional = (form: string, field: Field, onPage: boolean) =>
  form === 'report.file' && byKindOfReport.includes(field.name) ? onPage : field.optional && (onPage || !formOf(form)!.oneOf?.some((group) => group.includes(field.name)));

describe.each(stepForms.map((form) => [form.type, form] as const))('%s', (type, form) => {
  const page = pages.get(type);
  if (page && membersOf(page).size) {
    it('has the members of its page', () => {
      const members = membersOf(page);
      for (const field of form.fields) {
        expect(members.has(field.name), field.name).toBe(true);
        expect(optional(type, field, members.get(field.name)!), field.name).toBe(members.get(field.name));
      }
      for (const [name, mayMiss] of members) if (!mayMiss) expect(form.fields.map((each) => each.name)).toContain(name);
    });
    it('takes the example of its page', () => {
      const example = JSON.parse(/```json\n(.*?)\n```/s.exec(page)![1]!) as Record<string, unknown>;
      const known = form.fields.map((each) => each.name);
      for (const name of Object.keys(example)) if (name !== 'nonce') expect(known).toContain(name);
    });
  } else {
    it('has members that the overview names', () => {
      const text = lineOf(type);
      for (const field of form.fields) expect(text, field.name).toMatch(new RegExp(`\\b${field.name}\\b`));
    });
  }
});

describe('a filled form', () => {
  const form = formOf('stock.count')!;
  const mg = () => 'mg' as const;

  it('becomes a payload', () => {
    const { payload, faults } = readForm(form, { site: 'W-1', counted_on: '2026-01-31', lines: [{ lot: 'L-1', quantity: '１２．５ 公斤' }, {}] }, mg);
    expect(faults).toEqual({});
    expect(payload).toEqual({ site: 'W-1', counted_on: '2026-01-31', lines: [{ lot: 'L-1', quantity: { unit: 'kg', value: '12.5' } }] });
  });
  it('names every bad field at once', () => {
    const { faults } = readForm(form, { lines: [{ lot: 'a b', quantity: '0.5 mg' }] }, mg);
    expect(faults).toEqual({ site: 'required', counted_on: 'required', 'lines/0/lot': 'bad-id', 'lines/0/quantity': 'not-whole' });
  });
  it('keeps what belongs together as one member, and leaves it out when nothing stands there', () => {
    const typed = { site: 'W-1', counted_on: '2026-01-31', lines: [{ lot: 'L-1', quantity: '1 kg' }] };
    const { payload, faults } = readForm(form, { ...typed, instrument: { name: '台秤', uncertainty: '2 g' } }, mg);
    expect([payload.instrument, faults]).toEqual([{ name: '台秤', uncertainty: { unit: 'g', value: '2' } }, {}]);
    expect(readForm(form, { ...typed, instrument: { name: '', uncertainty: '' } }, mg).payload).not.toHaveProperty('instrument');
    expect(readForm(form, { ...typed, instrument: { name: '台秤' } }, mg).faults).toEqual({ 'instrument/uncertainty': 'required' });
    expect(placeOf('/instrument/uncertainty/value', form)).toBe('instrument/uncertainty');
  });
  it('takes zero only where it means something', () => {
    expect(readForm(formOf('use.record')!, { quantity: '0 kg' }, mg).faults.quantity).toBe('zero');
    expect(readForm(form, { lines: [{ lot: 'L', quantity: '0 kg' }] }, mg).faults['lines/0/quantity']).toBeUndefined();
  });
  it('keeps quotes, and refuses turned writing directions', () => {
    const refuse = formOf('transfer.refuse')!;
    expect(readForm(refuse, { consignment: 'W', reason: '"破损" \'x\'' }, mg).payload.reason).toBe('"破损" \'x\'');
    expect(readForm(refuse, { consignment: 'W', reason: 'a\u202eb' }, mg).faults.reason).toBe('direction');
  });
});

describe('every type of step', () => {
  /** Steps that no person takes by a form: the registry's own, those of machines and borders, and those of keys, which have pages. */
  const without = ['agency.enrol', 'border.clear', 'border.link', 'border.notify', 'border.read', 'border.reply', 'border.withdraw', 'chain.fork', 'chain.open', 'export.confirm',
    'key.enrol', 'key.rotate', 'ledger.open', 'party.register', 'policy.set', 'use.dispense'];
  it('has a form, but for those that are named', () => {
    const missing = [...pages.keys()].filter((type) => !formOf(type) && !without.includes(type) && !type.startsWith('party.'));
    expect(missing).toEqual([]);
  });
});

describe('of members that stand for each other', () => {
  const mg = () => 'mg' as const;
  const report = { kind: 'annual', hash: 'a'.repeat(64), at_index: '12' };
  it('one is asked for, and only one', () => {
    expect(readForm(formOf('report.file')!, report, mg).faults).toEqual({ period: 'one-of' });
    expect(readForm(formOf('report.file')!, { ...report, period: '2026', about: 'YS-1' }, mg).faults).toEqual({ about: 'only-one' });
    expect(readForm(formOf('report.file')!, { ...report, period: '2026' }, mg)).toEqual({ payload: { kind: 'annual', period: '2026', hash: 'a'.repeat(64), at_index: 12 }, faults: {} });
  });
  it('an authority destroys what it seized, a unit what lies at its site', () => {
    const names = (author: 'unit' | 'agency') => formFor('destruction.record', author)!.fields.map((field) => field.name);
    expect([names('unit').includes('seizure'), names('unit').includes('site'), names('agency').includes('seizure'), names('agency').includes('site')]).toEqual([false, true, true, false]);
    const seized = { seizure: 'KY-1', lot: 'L-1', quantity: '5 kg', method: '焚烧', destroyed_on: '2026-03-02' };
    expect(readForm(formFor('destruction.record', 'agency')!, seized, mg).faults).toEqual({});
    expect(readForm(formFor('destruction.record', 'unit')!, { ...seized, empties: '3' }, mg).faults).toEqual({ site: 'required', empties: 'only-one' });
  });
});

it('a refusal lands at its field', () => {
  const form = formOf('transfer.dispatch')!;
  expect(placeOf('/lines/1/quantity', form)).toBe('lines/1/quantity');
  expect(placeOf('/lines/1/quantity/value', form)).toBe('lines/1/quantity');
  expect(placeOf('/vehicle', form)).toBe('vehicle');
  expect(placeOf('/unknown', form)).toBeNull();
});

it('only amounts of lots that are there take from what is there', () => {
  const taking = (type: string) => amountsOfPickedLots(formOf(type)!.fields).length;
  expect(['use.record', 'storage.move', 'transfer.dispatch', 'destruction.record'].map(taking)).toEqual([1, 1, 1, 1]);
  expect(['stock.open', 'import.receive', 'stock.count', 'transfer.count'].map(taking)).toEqual([0, 0, 0, 0]);
  const production = formOf('production.record')!.fields;
  const ofInputs = production.find((field) => field.name === 'inputs')!.fields![1];
  expect(amountsOfPickedLots(production)).toEqual([ofInputs]);
  expect(amountsOfPickedLots(production)[0]).toBe(ofInputs);
  expect(taking('entry.correct')).toBe(0);
});

/** Those of lines too. */
function allOf(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => [field, ...allOf(field.fields ?? [])]);
}

describe.each(['zh', 'en'])('in %s', (language) => {
  const words = JSON.parse(readFileSync(new URL(`../i18n/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  const fields = stepForms.flatMap((form) => allOf(form.fields));
  it('each field of each form has words', () => {
    expect(fields.map((field) => field.name).filter((name) => !words[`field.${name}`])).toEqual([]);
  });
  it('each choice of each form has words', () => {
    expect(fields.flatMap((field) => field.options ?? []).filter((option) => !words[`option.${option}`])).toEqual([]);
  });
  const rules = (name: string) => JSON.parse(readFileSync(new URL(`../../../../schema/rules/${name}`, import.meta.url), 'utf8'));
  it('each kind of unit, each operation that a log of reads names, and each act on a finding has words', () => {
    const kinds = (rules('cn.json').party_kinds as { code: string }[]).map(({ code }) => `kind.${code}`);
    const operations = Object.values(rules('rights.json').resources as Record<string, string[]>).flat().map((each) => `operation.${each}`);
    const acts = ['explained', 'accepted', 'rejected', 'transferred', 'concluded', 'found', 'linked', 'inspected'].map((each) => `act.${each}`);
    expect([...kinds, ...operations, ...acts].filter((name) => !words[name])).toEqual([]);
  });
});
