// The forms of the steps, as data. Names, order and what is optional are those of schema/steps; a test compares.

export type Kind =
  | 'new-id' | 'text' | 'area' | 'choice' | 'choices' | 'quantity' | 'quantity-or-zero' | 'date' | 'time' | 'region'
  | 'party' | 'agency' | 'site' | 'their-site' | 'lot' | 'new-lot' | 'substance' | 'permit' | 'permit-kind' | 'sale' | 'consignment'
  | 'finding' | 'application' | 'officer' | 'key-id' | 'index' | 'integer' | 'ids' | 'lines' | 'group' | 'hash' | 'any-id' | 'seizure' | 'log-size'
  | 'sealed' | 'letter-code' | 'certificate';

export interface Field {
  name: string;
  kind: Kind;
  optional: boolean;
  /** Of text: how many characters. */
  max?: number;
  options?: readonly string[];
  /** Of lines: the fields of each. Of a group: its fields. */
  fields?: readonly Field[];
  /** Of ids: the first letters of a new one. */
  prefix?: string;
  /** Asked of one kind of author alone. */
  of?: Author;
}

export type Family = 'stock' | 'trade' | 'movement' | 'permits' | 'losing' | 'who' | 'oversight';
export type Author = 'unit' | 'agency';

export interface StepForm {
  type: string;
  family: Family;
  by: readonly Author[];
  /** Who else signs: another person of the unit or agency by class, or always; the other party; the agency that attends. */
  second?: 'by-class' | 'same-party' | 'other-party';
  fields: readonly Field[];
  /** Of each group exactly one is filled in. */
  oneOf?: readonly (readonly string[])[];
}

type Extra = Partial<Pick<Field, 'max' | 'options' | 'fields' | 'prefix' | 'of'>>;

/** "name?" is optional. */
function f(name: string, kind: Kind, extra: Extra = {}): Field {
  return { name: name.replace('?', ''), kind, optional: name.endsWith('?'), ...extra };
}

const text = (name: string, max: number) => f(name, 'text', { max });
const area = (name: string, max: number) => f(name, 'area', { max });
const pick = (name: string, ...options: string[]) => f(name, 'choice', { options });
const fresh = (name: string, prefix: string) => f(name, 'new-id', { prefix });
const lines = (name: string, ...fields: Field[]) => f(name, 'lines', { fields });
const evidence = lines('evidence?', text('name', 120), f('sha256', 'hash'));
const counted = [f('lot', 'lot'), f('quantity', 'quantity-or-zero')];

const unit: readonly Author[] = ['unit'];
const agency: readonly Author[] = ['agency'];
const both: readonly Author[] = ['unit', 'agency'];

export const stepForms: readonly StepForm[] = [
  { type: 'stock.open', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), lines('lines', fresh('lot', 'L'), f('substance', 'substance'), f('quantity', 'quantity'), f('purity_ppm?', 'integer'), f('expiry?', 'date'), text('maker?', 120))] },
  { type: 'production.record', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), fresh('lot', 'L'), f('substance', 'substance'), f('quantity', 'quantity'), f('purity_ppm?', 'integer'), f('expiry?', 'date'), lines('inputs?', f('lot', 'lot'), f('quantity', 'quantity')), f('produced_on', 'date'), f('licence?', 'permit')] },
  { type: 'use.record', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), f('lot', 'lot'), f('quantity', 'quantity'), text('purpose', 200), f('used_on', 'date')] },
  { type: 'stock.count', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), lines('lines', ...counted), f('counted_on', 'date'), f('instrument?', 'group', { fields: [text('name', 60), f('uncertainty', 'quantity')] })] },
  { type: 'storage.move', family: 'stock', by: unit, second: 'by-class', fields: [f('from_site', 'site'), f('to_site', 'site'), f('lot', 'lot'), f('quantity', 'quantity')] },
  { type: 'destruction.record', family: 'stock', by: both, second: 'other-party', oneOf: [['quantity', 'empties']], fields: [f('site', 'site', { of: 'unit' }), f('seizure', 'seizure', { of: 'agency' }), f('lot', 'lot'), f('quantity?', 'quantity'), text('method', 200), f('destroyed_on', 'date'), f('witness?', 'agency'), f('used?', 'quantity', { of: 'unit' }), f('empties?', 'integer', { of: 'unit' }), f('disposal?', 'choice', { of: 'agency', options: ['destroyed', 'recovered'] })] },
  { type: 'sample.take', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), f('lot', 'lot'), f('quantity', 'quantity'), pick('purpose', 'inspection', 'quality-control'), f('agency?', 'agency'), f('sample?', 'new-lot'), f('to_site?', 'any-id'), f('taken_on', 'date')] },
  { type: 'package.split', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), f('lot', 'lot'), lines('into', fresh('lot', 'L'), f('quantity', 'quantity')), f('split_on', 'date')] },
  { type: 'package.merge', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), fresh('lot', 'L'), lines('from', f('lot', 'lot'), f('quantity', 'quantity')), f('merged_on', 'date')] },
  { type: 'use.empties', family: 'stock', by: unit, second: 'by-class', fields: [f('site', 'site'), lines('lines', f('lot', 'any-id'), f('pieces', 'integer')), f('received_on', 'date')] },
  { type: 'import.receive', family: 'stock', by: unit, fields: [f('site', 'site'), fresh('lot', 'L'), f('substance', 'substance'), f('quantity', 'quantity'), f('permit?', 'permit'), text('country', 2), text('exporter', 120), text('declaration', 40), f('received_on', 'date'), f('purity_ppm?', 'integer'), f('expiry?', 'date')] },
  { type: 'export.depart', family: 'stock', by: unit, fields: [f('site', 'site'), f('lot', 'lot'), f('quantity', 'quantity'), f('permit?', 'permit'), text('country', 2), text('consignee', 120), text('declaration', 40), f('departed_on', 'date')] },

  { type: 'sale.record', family: 'trade', by: unit, fields: [fresh('sale', 'S'), f('buyer', 'party'), f('substance', 'substance'), f('quantity', 'quantity'), f('licence?', 'permit'), f('permit?', 'any-id'), text('exemption?', 20), pick('form?', 'small-pack', 'tablets', 'injections', 'preparation'), f('doses?', 'integer'), pick('payment', 'transfer', 'cheque', 'cash', 'barter'), f('sold_on', 'date'), text('contract?', 80), f('consignee?', 'party'), text('mandate?', 80), f('checks?', 'choices', { options: ['paper-seen', 'identity-seen', 'mandate-seen', 'copies-kept'] })] },
  { type: 'sale.confirm', family: 'trade', by: unit, fields: [f('sale', 'sale'), f('quantity', 'quantity')] },
  { type: 'sale.cancel', family: 'trade', by: unit, fields: [f('sale', 'sale'), area('reason', 500)] },

  { type: 'transfer.dispatch', family: 'movement', by: unit, second: 'by-class', fields: [fresh('consignment', 'W'), f('receiver', 'party'), f('from_site', 'site'), f('to_site', 'their-site'), lines('lines', f('lot', 'lot'), f('quantity', 'quantity'), f('packages?', 'integer')), f('carrier?', 'party'), text('vehicle?', 16), text('seals?', 200), f('sale?', 'sale'), f('permit?', 'permit'), text('exemption?', 20), f('returns?', 'sale')] },
  { type: 'transfer.carry', family: 'movement', by: unit, fields: [f('consignment', 'consignment'), text('vehicle', 16), text('seals?', 200), pick('seals_intact', 'yes', 'no'), lines('lines', f('lot', 'lot'), f('quantity', 'quantity')), f('permit?', 'any-id')] },
  { type: 'transfer.handover', family: 'movement', by: unit, second: 'other-party', fields: [f('consignment', 'consignment'), text('vehicle', 16), text('seals?', 200), pick('seals_intact', 'yes', 'no'), lines('lines?', ...counted)] },
  { type: 'transfer.count', family: 'movement', by: unit, second: 'by-class', fields: [f('consignment', 'consignment'), lines('lines', ...counted), pick('seals_intact', 'yes', 'no', 'none')] },
  { type: 'transfer.accept', family: 'movement', by: unit, fields: [f('consignment', 'consignment')] },
  { type: 'transfer.refuse', family: 'movement', by: unit, fields: [f('consignment', 'consignment'), area('reason', 500)] },
  { type: 'transfer.cancel', family: 'movement', by: unit, fields: [f('consignment', 'consignment'), area('reason', 500)] },

  { type: 'permit.apply', family: 'permits', by: unit, fields: [fresh('application', 'A'), f('agency', 'agency'), f('kind', 'permit-kind'), lines('lines', f('substance', 'substance'), f('quantity?', 'quantity')), text('purpose', 200), f('supplier?', 'party'), f('consignee?', 'party'), f('carrier?', 'party'), f('origin?', 'region'), f('destination?', 'region')] },
  { type: 'permit.issue', family: 'permits', by: agency, second: 'by-class', fields: [fresh('permit', 'P'), f('kind', 'permit-kind'), f('holder', 'party'), lines('lines', f('substance', 'substance'), f('quantity?', 'quantity')), f('valid_from', 'date'), f('valid_to', 'date'), text('purpose', 200), f('supplier?', 'party'), f('consignee?', 'party'), f('carrier?', 'party'), f('origin?', 'region'), f('destination?', 'region'), f('border_case?', 'any-id'), f('application?', 'application'), f('clean_since?', 'date')] },
  { type: 'permit.refuse', family: 'permits', by: agency, fields: [f('application', 'application'), area('reason', 500)] },
  { type: 'permit.suspend', family: 'permits', by: both, fields: [f('permit', 'permit'), pick('cause', 'violation', 'doubt', 'lost', 'other'), area('reason', 500)] },
  { type: 'permit.restore', family: 'permits', by: agency, second: 'by-class', fields: [f('permit', 'permit'), area('reason', 500)] },
  { type: 'permit.revoke', family: 'permits', by: agency, fields: [f('permit', 'permit'), area('reason', 500)] },
  { type: 'permit.close', family: 'permits', by: both, fields: [f('permit', 'permit'), area('statement', 500)] },

  { type: 'loss.report', family: 'losing', by: unit, oneOf: [['site', 'consignment']], fields: [f('site?', 'site'), f('consignment?', 'consignment'), f('lot', 'lot'), f('quantity', 'quantity'), pick('kind', 'lost', 'stolen', 'robbed', 'other'), f('discovered', 'time'), area('circumstances', 1000), f('reported_to?', 'ids'), f('finding?', 'finding'), pick('further?', 'yes', 'no')] },
  { type: 'loss.found', family: 'losing', by: unit, fields: [f('finding?', 'finding'), f('site', 'site'), f('lot', 'lot'), f('quantity', 'quantity'), f('found_on', 'date'), area('circumstances', 1000), evidence] },
  { type: 'finding.explain', family: 'losing', by: unit, fields: [f('finding', 'finding'), pick('cause', 'weighing', 'evaporation', 'leakage', 'spill', 'clerical', 'mix-up', 'theft', 'robbery', 'accident', 'same-goods', 'other'), area('statement', 1000), f('quantity?', 'quantity'), f('same_as?', 'finding'), evidence] },
  { type: 'finding.close', family: 'losing', by: agency, second: 'same-party', fields: [f('finding', 'finding'), pick('verdict', 'accepted', 'rejected', 'transferred'), area('statement', 1000), text('case?', 40)] },
  { type: 'loss.conclude', family: 'losing', by: agency, second: 'same-party', fields: [f('finding', 'finding'), pick('result', 'recovered', 'accounted', 'diverted', 'unexplained'), area('statement', 1000), text('case?', 40), pick('aggravated?', 'yes', 'no'), evidence] },
  { type: 'entry.correct', family: 'losing', by: unit, second: 'other-party', fields: [f('entry', 'index'), area('reason', 500), lines('lines', ...counted)] },

  { type: 'site.add', family: 'who', by: unit, fields: [fresh('site', 'C'), text('name', 120), pick('kind', 'store', 'plant', 'pharmacy', 'ward', 'yard', 'port'), f('region', 'region'), text('address', 200)] },
  { type: 'site.close', family: 'who', by: unit, fields: [f('site', 'site'), area('reason?', 500)] },
  { type: 'officer.appoint', family: 'who', by: unit, fields: [fresh('officer', 'R'), pick('duty', 'information-officer', 'responsible-person', 'driver', 'keeper', 'pharmacist')] },
  { type: 'officer.withdraw', family: 'who', by: unit, fields: [f('officer', 'officer'), pick('reason', 'left', 'moved', 'unfit', 'other')] },
  { type: 'vehicle.add', family: 'who', by: unit, fields: [text('plate', 20), pick('kind', 'tractor', 'trailer', 'truck', 'van', 'other'), text('qualification?', 120)] },
  { type: 'key.revoke', family: 'who', by: both, fields: [f('key', 'key-id'), pick('reason', 'lost', 'stolen', 'replaced', 'left', 'other')] },
  { type: 'party.close', family: 'who', by: both, fields: [f('party', 'party'), f('stopped_on', 'date'), area('reason', 500)] },
  { type: 'party.name', family: 'who', by: both, fields: [pick('what', 'unit', 'carrier', 'plate', 'foreign'), text('name', 120), text('uscc?', 18), text('country?', 2), f('region?', 'region'), area('remark?', 500)] },
  { type: 'party.recognise', family: 'who', by: agency, fields: [text('named', 160), f('party?', 'party'), pick('result', 'registered', 'looked-into', 'does-not-exist'), area('remark', 500)] },
  { type: 'personal.erase', family: 'who', by: unit, fields: [f('entry', 'index'), lines('values', f('n', 'integer')), pick('ground', 'retention-ended', 'consent-withdrawn', 'unlawful', 'court-order', 'mistake'), area('remark?', 500)] },
  { type: 'party.challenge', family: 'who', by: agency, fields: [fresh('letter', 'HS'), f('party', 'party'), f('commitment', 'sealed'), f('salt', 'sealed'), text('tracking?', 40)] },
  { type: 'party.answer', family: 'who', by: unit, fields: [f('letter', 'any-id'), f('code', 'letter-code')] },
  { type: 'party.verify', family: 'who', by: agency, fields: [f('party', 'party'), pick('method', 'in-person', 'address-code', 'certificate'), f('letter?', 'any-id'), lines('chain?', f('certificate', 'certificate')), area('remark?', 500)] },
  { type: 'party.suspend', family: 'who', by: agency, fields: [f('party', 'party'), area('reason', 500)] },
  { type: 'party.restore', family: 'who', by: agency, fields: [f('party', 'party'), area('reason', 500)] },

  { type: 'report.file', family: 'oversight', by: both, oneOf: [['period', 'about']], fields: [pick('kind', 'annual', 'monthly', 'monthly-np', 'sales', 'quarter', 'quarter-answer', 'quarter-np', 'change', 'stop', 'card-notice', 'transport-copy', 'certificate-return', 'destruction-request', 'emergency-transfer', 'suspicion', 'doubt', 'doubt-answer', 'training'), text('period?', 7), f('about?', 'any-id'), f('to?', 'agency'), f('answers?', 'any-id'), f('happened_on?', 'date'), f('hash', 'hash'), f('at_index', 'log-size'), area('remark?', 500)] },
  { type: 'seizure.record', family: 'oversight', by: agency, oneOf: [['site', 'consignment', 'place']], fields: [fresh('seizure', 'KY'), f('site?', 'any-id'), f('consignment?', 'consignment'), text('place?', 200), f('party?', 'party'), f('finding?', 'finding'), lines('lines', f('lot', 'any-id'), f('quantity', 'quantity'), f('substance?', 'substance')), text('case?', 40), f('seized_on', 'date'), area('reason', 500)] },
  { type: 'count.demand', family: 'oversight', by: agency, fields: [f('site', 'any-id'), f('by?', 'date'), area('reason', 500)] },
  { type: 'inspection.record', family: 'oversight', by: agency, fields: [fresh('inspection', 'JC'), f('site', 'any-id'), f('inspected_on', 'date'), pick('access', 'given', 'refused'), lines('items?', f('item', 'any-id'), pick('met', 'yes', 'no'), text('remark?', 300)), lines('lines?', f('lot', 'any-id'), f('quantity', 'quantity-or-zero')), f('findings?', 'ids'), area('statement?', 1000)] },
  { type: 'checkpoint.stop', family: 'oversight', by: agency, fields: [fresh('stop', 'LJ'), text('vehicle', 16), text('place', 200), f('region', 'region'), f('consignment?', 'any-id'), f('permit?', 'any-id'), pick('paper', 'carried', 'missing', 'not-needed'), f('paper_kind?', 'permit-kind'), f('owner?', 'party'), f('consignee?', 'party'), f('carrier?', 'party'), f('destination?', 'region'), pick('seals_intact?', 'yes', 'no', 'none'), lines('lines?', f('substance', 'substance'), f('lot?', 'any-id'), f('quantity', 'quantity'))] },
];

/** The form as one kind of author sees it. */
export function formFor(type: string, author: Author): StepForm | undefined {
  const form = formOf(type);
  return form && { ...form, fields: form.fields.filter((field) => !field.of || field.of === author) };
}

export function formOf(type: string): StepForm | undefined {
  return stepForms.find((each) => each.type === type);
}

/** Amounts that stand beside a lot picked from what is there; the amount of a new lot takes from nothing. */
export function amountsOfPickedLots(fields: readonly Field[]): Field[] {
  const isPicked = fields.some((field) => field.kind === 'lot');
  return fields.flatMap((field) => (field.fields ? amountsOfPickedLots(field.fields) : isPicked && field.kind === 'quantity' && field.name === 'quantity' ? [field] : []));
}
