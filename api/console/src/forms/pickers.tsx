import { AutoComplete, Button, DatePicker, Input, Select, Space, Upload } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAll, usePermitKinds, useRows, useSubstances } from '../api/hooks';
import { newestCheckpoint } from '../api/log';
import { useSession } from '../api/session';
import { nameOf, printAmount, today } from '../lib/print';
import { fileHash } from '../lib/sha256';
import { isMeasured } from '../parts/draw_bar';
import type { Field } from './steps';
import type { Values } from './payload';

export interface PickerProps {
  id: string;
  field: Field;
  value: string;
  /** The whole form, for pickers that depend on other fields. */
  form: Values;
  onChange: (value: string) => void;
  invalid: boolean;
}

const has = (input: string, option?: { label?: unknown; value?: unknown }) =>
  `${String(option?.label)} ${String(option?.value)}`.toLowerCase().includes(input.toLowerCase());

interface Option {
  value: string;
  label: string;
}

/** One of what is known, or typed by hand where the list may not hold it. */
function Choice({ props, options, loading, free }: { props: PickerProps; options: Option[]; loading?: boolean; free?: boolean }) {
  const { t } = useTranslation();
  const shared = { id: props.id, value: props.value || undefined, status: props.invalid ? ('error' as const) : undefined, className: 'wide', allowClear: true };
  if (free)
    return <AutoComplete {...shared} options={options} showSearch={{ filterOption: has }} onChange={(value) => props.onChange(value ?? '')} />;
  return (
    <Select {...shared} options={options} loading={loading} showSearch={{ filterOption: has }} placeholder={t('form.choose')} onChange={(value) => props.onChange(value ?? '')} />
  );
}

function Parties(props: PickerProps) {
  const agencies = props.field.kind === 'agency';
  const list = useAll('/v1/parties', { query: { kind: agencies ? 'agency' : undefined } });
  const options = (list.data ?? []).map((each) => ({ value: each.id, label: `${each.name} (${each.id})` }));
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function Sites(props: PickerProps) {
  const { session } = useSession();
  const own = props.field.kind === 'site';
  const party = own ? session!.party : String(props.form.receiver ?? '');
  const list = useAll('/v1/parties/{party}/sites', { path: { party }, enabled: party !== '' });
  const options = (list.data ?? []).filter((each) => each.closed === null).map((each) => ({ value: each.id, label: `${each.name} (${each.id})` }));
  return <Choice props={props} options={options} loading={list.isPending && party !== ''} free={!own} />;
}

function Seizures(props: PickerProps) {
  const list = useRows('/v1/seizures');
  const numbers = [...new Set((list.rows as { id: string }[]).map((each) => each.id))];
  return <Choice props={props} options={numbers.map((value) => ({ value, label: value }))} loading={list.isPending} free />;
}

/** Lots at the site of the form, each with what is there. */
function Lots(props: PickerProps) {
  const { session } = useSession();
  const site = String(props.form.site ?? props.form.from_site ?? '');
  const list = useRows('/v1/balances', { query: { where: 'site', party: session!.party, ...(site ? { place: site } : {}) } });
  const options = list.rows.map((each) => ({ value: each.lot, label: `${each.lot} · ${each.substance} · ${printAmount(each.amount)}` }));
  return <Choice props={props} options={[...new Map(options.map((each) => [each.value, each])).values()]} loading={list.isPending} free />;
}

function Substances(props: PickerProps) {
  const all = [...useSubstances().values()];
  const options = all.map((each) => ({ value: each.code, label: `${nameOf(each, each.code)} ${each.code} ${each.cas}` }));
  return <Choice props={props} options={options} />;
}

/** Papers of the unit, each with what is left on it where it has an amount. */
function Permits(props: PickerProps) {
  const { session } = useSession();
  const agency = session!.agency !== null;
  const kinds = usePermitKinds();
  const list = useRows('/v1/permits', { query: agency ? {} : { holder: session!.party } });
  const options = list.rows.map((each) => {
    const left = each.amounts.map((amount) => (isMeasured(amount) ? `${amount.substance} ${printAmount(amount.left)}` : amount.substance)).join('、');
    return { value: each.no, label: `${each.no} · ${nameOf(kinds.get(each.kind), each.kind)} · ${left}` };
  });
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function PermitKinds(props: PickerProps) {
  const list = useAll('/v1/permit-kinds');
  const options = (list.data ?? []).map((each) => ({ value: each.code, label: `${nameOf(each, each.code)} (${each.code})` }));
  return <Choice props={props} options={options} loading={list.isPending} />;
}

function Sales(props: PickerProps) {
  const { session } = useSession();
  const list = useRows('/v1/sales', { query: session!.agency ? {} : { party: session!.party } });
  const options = list.rows.map((each) => ({ value: each.id, label: `${each.id} · ${each.substance} · ${each.names[each.seller] ?? each.seller} → ${each.names[each.buyer] ?? each.buyer}` }));
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function Consignments(props: PickerProps) {
  const { session } = useSession();
  const list = useRows('/v1/consignments', { query: session!.agency ? {} : { party: session!.party } });
  const options = list.rows.map((each) => ({ value: each.id, label: `${each.id} · ${each.names[each.sender] ?? each.sender} → ${each.names[each.receiver] ?? each.receiver} · ${each.dispatched_at.slice(0, 10)}` }));
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function Findings(props: PickerProps) {
  const list = useRows('/v1/findings');
  const options = list.rows.filter((each) => each.state !== 'closed').map((each) => ({ value: each.id, label: `${each.id} · ${each.title_zh} · ${printAmount(each.missing)}` }));
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function Applications(props: PickerProps) {
  const list = useRows('/v1/applications', { query: { state: 'open' } });
  const options = list.rows.map((each) => ({ value: each.id, label: `${each.id} · ${each.applicant} · ${each.kind}` }));
  return <Choice props={props} options={options} loading={list.isPending} free />;
}

function Keys(props: PickerProps) {
  const { session } = useSession();
  const list = useAll('/v1/parties/{party}/keys', { path: { party: session!.party } });
  const options = (list.data ?? []).filter((each) => each.state === 'active').map((each) => ({ value: each.id!, label: `${each.officer || each.role} · ${each.id!.slice(0, 16)}` }));
  return <Choice props={props} options={options} loading={list.isPending} />;
}

function Days(props: PickerProps) {
  const time = props.field.kind === 'time';
  const value = props.value ? dayjs(props.value) : null;
  const text = (day: dayjs.Dayjs | null) => (day ? (time ? day.toDate().toISOString() : day.format('YYYY-MM-DD')) : '');
  return <DatePicker id={props.id} className="wide" showTime={time} value={value} status={props.invalid ? 'error' : undefined} onChange={(day) => props.onChange(text(day as dayjs.Dayjs | null))} />;
}

function Options(props: PickerProps) {
  const { t } = useTranslation();
  const options = props.field.options!.map((value) => ({ value, label: t(`option.${value}`, value) }));
  return <Choice props={props} options={options} />;
}

/** A new number: day and four letters, hard to meet twice. */
export function freshId(prefix: string): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte % 32]);
  return `${prefix}-${today().replaceAll('-', '').slice(2)}-${letters.join('')}`;
}

function Line(props: PickerProps) {
  const area = props.field.kind === 'area';
  const shared = { id: props.id, value: props.value, status: props.invalid ? ('error' as const) : undefined };
  if (area) return <Input.TextArea {...shared} rows={3} maxLength={props.field.max! * 2} showCount={{ formatter: ({ count }) => `${count}/${props.field.max}` }} onChange={(event) => props.onChange(event.target.value)} />;
  return <Input {...shared} onChange={(event) => props.onChange(event.target.value)} />;
}

function Amounts(props: PickerProps) {
  const { t } = useTranslation();
  return <Input id={props.id} value={props.value} status={props.invalid ? 'error' : undefined} placeholder={t('form.quantity')} inputMode="text" onChange={(event) => props.onChange(event.target.value)} />;
}

/** A file stays here; its hash goes into the entry, so that it can be shown later to be the same. */
function Hashes(props: PickerProps) {
  const { t } = useTranslation();
  const take = async (file: File) => props.onChange(await fileHash(file));
  return (
    <Space.Compact className="wide">
      <Input id={props.id} value={props.value} status={props.invalid ? 'error' : undefined} className="hash" onChange={(event) => props.onChange(event.target.value.trim())} />
      <Upload showUploadList={false} beforeUpload={(file) => (void take(file), false)}>
        <Button>{t('form.file')}</Button>
      </Upload>
    </Space.Compact>
  );
}

/** The newest entry that there is now, unless another one is meant. */
function LogSize(props: PickerProps) {
  useEffect(() => {
    if (!props.value) void newestCheckpoint().then(({ size }) => props.onChange(String(Math.max(0, Number(size) - 1))), () => undefined);
  }, []);
  return <Input id={props.id} value={props.value} status={props.invalid ? 'error' : undefined} inputMode="numeric" onChange={(event) => props.onChange(event.target.value)} />;
}

const byKind: Partial<Record<Field['kind'], (props: PickerProps) => React.ReactNode>> = {
  party: Parties, agency: Parties, site: Sites, 'their-site': Sites, lot: Lots, substance: Substances, permit: Permits, 'permit-kind': PermitKinds,
  sale: Sales, consignment: Consignments, finding: Findings, application: Applications, 'key-id': Keys, date: Days, time: Days, choice: Options,
  quantity: Amounts, 'quantity-or-zero': Amounts, seizure: Seizures, hash: Hashes, 'log-size': LogSize,
};

export function Picker(props: PickerProps) {
  const Control = byKind[props.field.kind] ?? Line;
  return <Control {...props} />;
}
