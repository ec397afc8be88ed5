import type { Json } from '../lib/canonical';
import { readCode } from '../lib/letter_code';
import { amountOf, readQuantity, type BaseUnit, type QuantityFault } from '../lib/quantity';
import type { Field, StepForm } from './steps';

/** What stands in a form: texts, lists of texts, and lines of the same. */
export type Value = string | string[] | Values[] | Values;
export interface Values {
  [name: string]: Value | undefined;
}

/** Why a field cannot be sent, by its place: "lines/0/quantity". */
export type Faults = Record<string, string>;

/** What the page knows beyond the form: the base unit of the goods a line is about. */
export type BaseOf = (line: Values) => BaseUnit | null;

class Reader {
  readonly faults: Faults = {};
  constructor(private readonly baseOf: BaseOf) {}

  object(fields: readonly Field[], values: Values, place: string): { [key: string]: Json } {
    const out: { [key: string]: Json } = {};
    for (const field of fields) {
      const value = this.field(field, values, place + field.name);
      if (value !== undefined) out[field.name] = value;
    }
    return out;
  }

  private fault(place: string, kind: string): undefined {
    this.faults[place] = kind;
    return undefined;
  }

  private field(field: Field, values: Values, place: string): Json | undefined {
    const value = values[field.name];
    if (field.kind === 'lines') return this.lines(field, value, place);
    if (field.kind === 'group') return this.group(field, (value ?? {}) as Values, place);
    if (Array.isArray(value)) return value.length ? (value as string[]) : this.empty(field, place);
    const text = ((value as string | undefined) ?? '').trim();
    if (!text) return this.empty(field, place);
    return this.text(field, text, values, place);
  }

  private empty(field: Field, place: string): undefined {
    return field.optional ? undefined : this.fault(place, 'required');
  }

  private lines(field: Field, value: Value | undefined, place: string): Json | undefined {
    const rows = ((value as Values[] | undefined) ?? []).filter((row) => Object.values(row).some((each) => each?.length));
    if (!rows.length) return this.empty(field, place);
    return rows.map((row, n) => this.object(field.fields!, row, `${place}/${n}/`));
  }

  private group(field: Field, values: Values, place: string): Json | undefined {
    if (!Object.values(values).some((each) => each?.length)) return this.empty(field, place);
    return this.object(field.fields!, values, `${place}/`);
  }

  private text(field: Field, text: string, values: Values, place: string): Json | undefined {
    switch (field.kind) {
      case 'quantity':
      case 'quantity-or-zero':
        return this.quantity(text, values, field.kind === 'quantity-or-zero', place);
      case 'integer':
      case 'index':
      case 'log-size':
        return /^\d{1,15}$/.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : this.fault(place, 'not-a-number');
      case 'ids':
        return text.split(/[\s,，、]+/).filter(Boolean);
      case 'region':
        return /^\d{6}$/.test(text) ? text : this.fault(place, 'bad-region');
      case 'letter-code':
        return readCode(text) ?? this.fault(place, 'bad-code');
      case 'certificate':
        return this.certificate(text, place);
      case 'sealed':
      case 'hash':
        return /^[0-9a-f]{64}$/.test(text) ? text : this.fault(place, 'bad-hash');
      case 'text':
      case 'area':
        return this.plain(field, text, place);
      case 'date':
      case 'time':
      case 'choice':
      case 'key-id':
      case 'permit-kind':
      case 'substance':
        return text;
      default:
        return /^[A-Za-z0-9._-]{1,40}$/.test(text) ? text : this.fault(place, 'bad-id');
    }
  }

  /** Control characters and turned writing directions are refused: a name must read as it is. */
  private plain(field: Field, text: string, place: string): string | undefined {
    if (/[\u0000-\u001f\u007f]/.test(text.replace(/\n/g, ''))) return this.fault(place, 'control');
    if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) return this.fault(place, 'direction');
    if ([...text].length > field.max!) return this.fault(place, 'too-long');
    return text.replace(/\s*\n\s*/g, ' ');
  }

  /** Base 64 of the DER, or the same between the lines of a PEM file. */
  private certificate(text: string, place: string): string | undefined {
    const bare = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
    return /^[A-Za-z0-9+/]{4,}={0,2}$/.test(bare) && bare.length % 4 === 0 ? bare : this.fault(place, 'bad-certificate');
  }

  private quantity(text: string, line: Values, zero: boolean, place: string): Json | undefined {
    const base = this.baseOf(line);
    const read = readQuantity(text, base === 'pcs' ? 'pcs' : null);
    if (typeof read === 'string') return this.fault(place, read satisfies QuantityFault);
    if (!zero && /^[0.]*$/.test(read.value)) return this.fault(place, 'zero');
    const packed = read.unit === 'strip' || read.unit === 'box' || read.unit === 'pcs';
    const amount = base && !packed ? amountOf(read, base) : 0n;
    if (typeof amount === 'string') return this.fault(place, amount);
    return { unit: read.unit, value: read.value };
  }
}

/** The payload, or what must be mended first, all at once. */
export function readForm(form: StepForm, values: Values, baseOf: BaseOf): { payload: { [key: string]: Json }; faults: Faults } {
  const reader = new Reader(baseOf);
  const payload = reader.object(form.fields, values, '');
  for (const group of form.oneOf ?? []) {
    const filled = group.filter((name) => values[name]?.length);
    if (filled.length !== 1) reader.faults[filled[1] ?? group[0]!] = filled.length ? 'only-one' : 'one-of';
  }
  return { payload, faults: reader.faults };
}

/** "/lines/0/quantity" and "payload/lines/0/quantity/value" both point into the form's "lines/0/quantity". */
export function placeOf(pointer: string, form: StepForm): string | null {
  const parts = pointer.replace(/^#?\/?(payload\/)?/, '').split('/');
  const field = form.fields.find((each) => each.name === parts[0]);
  if (!field) return null;
  if (field.kind === 'group' && parts.length > 1) return parts.slice(0, 2).join('/');
  if (field.kind !== 'lines' || parts.length < 3) return field.name;
  return parts.slice(0, 3).join('/');
}
