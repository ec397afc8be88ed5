import { Alert, Card } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead, useRows, useSubstances } from '../api/hooks';
import type { Balance, FullEntry } from '../api/rows';
import { useSignedIn } from '../api/session';
import { goodsOf, isHeld, otherSigner, type Moved } from '../lib/correction';
import type { Json } from '../lib/canonical';
import { printQuantity, printTime } from '../lib/print';
import { amountOf, formatAmount, readQuantity, type BaseUnit } from '../lib/quantity';
import { PartyName } from '../parts/names';
import { PlainWords } from './plain_words';
import type { Values } from './payload';
import type { Field, StepForm } from './steps';

/** The entry that a correction is about, and who else signed it and has to sign again. */
export interface Corrected {
  entry: FullEntry | null;
  moves: Moved[];
  other: string | null;
}

function asTyped(amount: bigint, base: BaseUnit): string {
  const { value, unit } = formatAmount(amount, base);
  return `${value} ${unit}`;
}

/** What the original said stands in the form, to be changed where it was wrong. */
export function useCorrected(form: StepForm, values: Values, change: (next: Values) => void): Corrected {
  const substances = useSubstances();
  const index = form.type === 'entry.correct' ? String(values.entry ?? '') : '';
  const read = useRead('/v1/entries/{index}', { path: { index }, enabled: /^\d+$/.test(index) });
  const entry = index && read.data ? read.data : null;
  const moves = goodsOf(entry?.outcome);
  const untouched = !((values.lines as Values[] | undefined) ?? []).some((line) => line.lot || line.quantity);
  useEffect(() => {
    if (!moves.length || !untouched || substances.size === 0) return;
    change({ ...values, lines: moves.map((move) => ({ lot: move.lot, quantity: asTyped(BigInt(move.amount), substances.get(move.substance)!.unit) })) });
  }, [entry?.index, substances.size]);
  return { entry, moves, other: otherSigner(entry?.payload) };
}

/** "It was 25 kg; the book will say 475 kg", while the right amount is typed. */
export function useCorrectionHint(form: StepForm, { moves }: Corrected) {
  const { t } = useTranslation();
  const { party } = useSignedIn();
  const substances = useSubstances();
  const stock = useRows('/v1/balances', { query: { where: 'site', party }, enabled: form.type === 'entry.correct' });
  const bookOf = (account: string, lot: string) => BigInt(stock.rows.find((row: Balance) => row.account === account && row.lot === lot)?.amount.amount ?? 0);
  return (field: Field, line: Values): string | null => {
    const move = moves.find((each) => each.lot === line.lot);
    const base = move && substances.get(move.substance)?.unit;
    if (!move || !base || field.name !== 'quantity') return null;
    const print = (amount: bigint) => (amount === 0n ? '0' : printQuantity(formatAmount(amount, base)));
    const was = print(BigInt(move.amount));
    const typed = readQuantity(String(line.quantity ?? ''), null);
    const right = typeof typed === 'string' ? null : amountOf(typed, base);
    if (typeof right !== 'bigint') return t('correct.was', { was });
    const more = right - BigInt(move.amount);
    const after = [move.from, move.to]
      .filter(isHeld)
      .map((account) => `${account.slice(account.indexOf(':') + 1)} ${print(bookOf(account, move.lot) + (account === move.to ? more : -more))}`);
    return t('correct.after', { was, after: after.join('、') });
  };
}

/** The entry as it was signed, above the form that sets it right. */
export function Original({ of: { entry, other } }: { of: Corrected }) {
  const { t } = useTranslation();
  if (!entry) return null;
  const type = entry.type.split('/')[0]!;
  return (
    <Card size="small" className="original" title={<>{t('correct.original')} <Link href={`/entry/${entry.index}`}>#{entry.index}</Link> {t(`step.${type}`, type)} <span className="dim">{printTime(entry.rtime)}</span></>}>
      {entry.payload && <PlainWords type={type} payload={entry.payload as { [key: string]: Json }} asked={t('correct.signed')} />}
      {entry.corrected && entry.corrected.original.index === entry.index && <Alert type="warning" showIcon message={t('entry.corrected', { index: entry.corrected.correction.index })} />}
      {other && <Alert type="info" showIcon className="gap-above" message={<>{t('correct.other')} <PartyName id={other} /></>} description={t('correct.otherHint')} />}
    </Card>
  );
}

/** The same for whoever signs the other half: both what was said and what is to be stand in sight. */
export function OriginalOf({ payload }: { payload: { [key: string]: Json } }) {
  const entry = useRead('/v1/entries/{index}', { path: { index: String(payload.entry) } });
  return <Original of={{ entry: entry.data ?? null, moves: [], other: null }} />;
}
