import { Alert, Button, Card, Space } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useRead, useRows, useSubstances } from '../api/hooks';
import { whenOutboxMoves, type Hindrance } from '../api/outbox';
import { Problem } from '../api/problem';
import { queries } from '../api/queries';
import { useSignedIn } from '../api/session';
import type { Receipt } from '../api/submit';
import type { Json } from '../lib/canonical';
import { amountOf, formatAmount, readQuantity, type BaseUnit } from '../lib/quantity';
import { printAmount, today } from '../lib/print';
import type { Amount, Application, Balance } from '../api/rows';
import { Elsewhere } from '../parts/elsewhere';
import { Held } from '../parts/outbox';
import { ReceiptCard } from '../parts/receipt';
import { Nothing, Refusal } from '../parts/states';
import { Original, useCorrected, useCorrectionHint } from './correcting';
import { FormView } from './form_view';
import { kept, keptUnder } from './kept';
import { LetterCode, useLetterCode } from './letter_code';
import { freshId } from './pickers';
import { placeOf, readForm, type Faults, type Values } from './payload';
import { SignDialog } from './sign_dialog';
import { amountsOfPickedLots, formFor, type Field, type StepForm } from './steps';

/** New numbers and today's date where the form wants them. */
function blank(form: StepForm): Values {
  const start = (field: Field) => (field.kind === 'new-id' ? freshId(field.prefix!) : field.kind === 'date' && !field.optional ? today() : undefined);
  const values = Object.fromEntries(form.fields.map((field) => [field.name, start(field)]));
  for (const field of form.fields)
    if (field.kind === 'lines' && !field.optional) values[field.name] = [Object.fromEntries(field.fields!.map((each) => [each.name, start(each)]))] as never;
  return values;
}

/** What is in sight of the form: goods by lot, and the catalogue. */
function useGoods(values: Values) {
  const session = useSignedIn();
  const substances = useSubstances();
  const site = String(values.site ?? values.from_site ?? '');
  const consignment = String(values.consignment ?? '');
  const here = useRows('/v1/balances', { query: { where: 'site', party: session.party, ...(site ? { place: site } : {}) }, enabled: session.agency === null });
  const moving = useRead('/v1/consignments/{consignment}', { path: { consignment }, enabled: consignment !== '' });
  const sale = useRead('/v1/sales/{sale}', { path: { sale: String(values.sale ?? '') }, enabled: !!values.sale });
  const byLot = new Map<string, Balance>(here.rows.map((each) => [each.lot, each]));
  const codeOf = (line: Values): string =>
    String(line.substance ?? byLot.get(String(line.lot))?.substance ?? moving.data?.lines.find((each) => each.lot === line.lot)?.substance ?? sale.data?.substance ?? '');
  const baseOf = (line: Values): BaseUnit | null => substances.get(codeOf(line))?.unit ?? null;
  return { byLot, baseOf, moving: moving.data };
}

function useStepForm(form: StepForm, prefill: string) {
  const session = useSignedIn();
  const name = keptUnder(session.party, form.type);
  const given = useMemo(() => Object.fromEntries(new URLSearchParams(prefill)), [prefill]);
  // A draft about another thing is not this one's.
  const [draft] = useState(() => ((draft) => (draft && Object.entries(given).every(([member, value]) => draft[member] === value) ? draft : null))(kept(name)));
  const [restored, setRestored] = useState(draft !== null);
  const [values, setValues] = useState<Values>(() => ({ ...(draft ?? blank(form)), ...given }));
  const change = (next: Values) => {
    setValues(next);
    localStorage.setItem(name, JSON.stringify(next));
  };
  const clear = () => {
    localStorage.removeItem(name);
    setRestored(false);
    setValues({ ...blank(form), ...given });
  };
  return { name, values, change, clear, restored, forget: () => localStorage.removeItem(name) };
}

/** "Here 71.5 kg, 59 kg will be left", while the amount is typed. */
function useHint(form: StepForm, goods: ReturnType<typeof useGoods>) {
  const { t } = useTranslation();
  const comesBackOrIsOnTheRoad = ['transfer.carry', 'loss.found'].includes(form.type);
  const taken = comesBackOrIsOnTheRoad ? [] : amountsOfPickedLots(form.fields);
  return (field: Field, line: Values): string | null => {
    const there = goods.byLot.get(String(line.lot));
    if (!there || !taken.includes(field)) return null;
    const read = readQuantity(String(line.quantity ?? ''), null);
    const amount = typeof read === 'string' ? null : amountOf(read, there.amount.unit);
    if (typeof amount !== 'bigint') return t('form.here', { here: printAmount(there.amount) });
    const left = BigInt(there.amount.amount) - amount;
    const after = printAmount({ ...there.amount, amount: Number(left) });
    return left < 0n ? t('form.short', { here: printAmount(there.amount) }) : t('form.left', { here: printAmount(there.amount), left: after });
  };
}

/** The application that a paper is issued for. */
function useAsked(form: StepForm, values: Values): Application | null {
  const application = form.type === 'permit.issue' ? String(values.application ?? '') : '';
  return useRead('/v1/applications/{application}', { path: { application }, enabled: application !== '' }).data ?? null;
}

function paperOf(asked: Application): Values {
  const typed = (amount: Amount) => {
    const { value, unit } = formatAmount(BigInt(amount.amount), amount.unit);
    return `${value} ${unit}`;
  };
  const lines = asked.lines.map((each) => ({ substance: each.substance, quantity: each.amount?.amount ? typed(each.amount) : '' }));
  const { purpose, supplier, consignee, carrier, origin, destination } = asked;
  return { lines, purpose, supplier, consignee, carrier, origin, destination };
}

function StepPage({ form, prefill, again }: { form: StepForm; prefill: string; again: () => void }) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [, go] = useLocation();
  const { name, values, change, clear, restored, forget } = useStepForm(form, prefill);
  const goods = useGoods(values);
  const corrected = useCorrected(form, values, change);
  const ofStock = useHint(form, goods);
  const ofCorrection = useCorrectionHint(form, corrected);
  const hint = form.type === 'entry.correct' ? ofCorrection : ofStock;
  const letter = useLetterCode(form, values, change);
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [payload, setPayload] = useState<{ [key: string]: Json } | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [waiting, setWaiting] = useState<{ id: string; why: Hindrance } | null>(null);
  const [handedBack, setHandedBack] = useState(false);

  // What waited is told here too when it goes, or comes back.
  useEffect(() => {
    if (!waiting) return undefined;
    return whenOutboxMoves(({ entry, fate }) => {
      if (entry.id !== waiting.id) return;
      setWaiting('waiting' in fate ? { id: entry.id, why: fate.waiting } : null);
      if ('receipt' in fate) setReceipt(fate.receipt);
      if ('refused' in fate) setProblem(fate.refused);
      setHandedBack('handedBack' in fate);
    });
  }, [waiting?.id]);

  // Whoever counts is asked for the lots that came, never told how much of them.
  useEffect(() => {
    const lots = goods.moving?.lines.map((each) => ({ lot: each.lot, quantity: '' })) ?? [];
    const untouched = !((values.lines as Values[] | undefined) ?? []).some((line) => line.lot || line.quantity);
    if (lots.length && untouched && form.fields.some((field) => field.name === 'lines') && form.type !== 'transfer.dispatch') change({ ...values, lines: lots });
  }, [goods.moving?.id]);

  // Who issues reads what was asked for, and changes it where the agency decides otherwise.
  const asked = useAsked(form, values);
  useEffect(() => {
    if (asked && asked.applicant === values.holder && !values.purpose) change({ ...values, ...paperOf(asked) });
  }, [asked?.id]);

  const said: Record<string, string> = {};
  const elsewhere: string[] = [];
  for (const each of problem?.errors ?? []) {
    const place = placeOf(each.pointer, form);
    const words = problem!.errorText(each);
    if (place) said[place] = words;
    else elsewhere.push(`${each.pointer} ${words}`);
  }

  function toSign() {
    const read = readForm(form, values, goods.baseOf);
    setFaults(read.faults);
    setProblem(null);
    setHandedBack(false);
    if (Object.keys(read.faults).length === 0) setPayload(read.payload);
    else requestAnimationFrame(() => document.querySelector<HTMLElement>('.ant-form-item-has-error input, .ant-form-item-has-error textarea')?.focus());
  }

  if (receipt)
    return (
      <>
        <ReceiptCard receipt={receipt} type={form.type} />
        <LetterCode of={letter} />
        <Button className="gap-above no-print" onClick={again}>
          {t('form.again')}
        </Button>
      </>
    );
  if (waiting)
    return (
      <>
        <Held why={waiting.why} />
        <Button className="gap-above no-print" onClick={again}>
          {t('form.again')}
        </Button>
      </>
    );
  return (
    <Card title={t(`step.${form.type}`)} className="narrow record" extra={restored && <Button size="small" onClick={clear}>{t('form.discard')}</Button>}>
      {restored && <Alert type="info" showIcon message={t('form.restored')} className="gap-below" />}
      <p className="dim">{t(`about.${form.type}`, '')}</p>
      {handedBack && <Alert type="error" showIcon className="gap-below" message={t('outbox.handedBack')} />}
      <Original of={corrected} />
      {problem && (
        <Refusal problem={problem}>
          {elsewhere.length > 0 && <ul>{elsewhere.map((each) => <li key={each}>{each}</li>)}</ul>}
        </Refusal>
      )}
      <form
        noValidate
        className="ant-form ant-form-vertical"
        onSubmit={(event) => {
          event.preventDefault();
          toSign();
        }}
      >
        <FormView fields={form.fields} values={values} faults={faults} said={said} hint={hint} onChange={change} />
        <LetterCode of={letter} />
        <Space>
          <Button type="primary" htmlType="submit" size="large" disabled={letter.lacks}>
            {t('form.toSign')}
          </Button>
        </Space>
      </form>
      {payload && (
        <SignDialog
          wish={{ party: session.party, type: `${form.type}/v1`, payload }}
          typed={{ name, values }}
          second={form.second !== undefined}
          other={corrected.other}
          onCancel={() => setPayload(null)}
          onKept={(kept) => (forget(), setPayload(null), setWaiting(kept))}
          onHandedBack={() => (setPayload(null), setHandedBack(true))}
          onLater={() => (forget(), go('/tray'))}
          onRefused={(refused) => (setPayload(null), setProblem(refused))}
          onDone={(done) => {
            forget();
            setPayload(null);
            setReceipt(done);
            void queries.invalidateQueries();
          }}
        />
      )}
    </Card>
  );
}

export default function Record({ type, prefill = '' }: { type: string; prefill?: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [round, setRound] = useState(0);
  const session = useSignedIn();
  const by = session.agency ? 'agency' : 'unit';
  const form = useMemo(() => formFor(type, by), [type, by]);
  if (form && !form.by.includes(by)) return <Elsewhere title={t('elsewhere.step', { step: t(`step.${type}`) })} why={t(`elsewhere.by.${form.by[0]}`)} />;
  if (!form) return <Nothing text={t('form.unknown')} />;
  return (
    <>
      <Button type="link" className="no-print" onClick={() => go('/record')}>
        ← {t('record.all')}
      </Button>
      <StepPage key={`${type}?${prefill}#${round}`} form={form} prefill={prefill} again={() => setRound(round + 1)} />
    </>
  );
}
