// The one place where dates, amounts and times become text for people.
import i18n from 'i18next';
import type { Amount } from '../api/rows';
import { clock as registryClock } from './clock';
import { formatAmount, type Quantity } from './quantity';

const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });

const unitsZh: Record<string, string> = { t: '吨', kg: '千克', g: '克', mg: '毫克', ug: '微克', pcs: '件', strip: '板', box: '盒' };

function isChinese(): boolean {
  return i18n.language !== 'en';
}

export function printQuantity({ value, unit }: Quantity): string {
  return isChinese() ? `${value} ${unitsZh[unit]}` : `${value} ${unit === 'ug' ? 'µg' : unit}`;
}

/** "25 千克"; nothing at all needs no unit; a dash where nothing is known. */
export function printAmount(amount: Amount | null | undefined): string {
  if (!amount) return '–';
  if (amount.amount === 0) return '0';
  return printQuantity(formatAmount(BigInt(amount.amount), amount.unit));
}

/** 2026-01-31 16:15, Chinese time. */
export function printTime(iso: string | null | undefined): string {
  return iso ? clock.format(new Date(iso)) : '–';
}

export function printDate(iso: string | null | undefined): string {
  if (!iso) return '–';
  return iso.length === 10 ? iso : day.format(new Date(iso));
}

/** Today in China, as payloads name it. */
export function today(now = registryClock.now()): string {
  return day.format(now);
}

/** The text of a thing in the language of the page. */
export function titleOf(thing: { title?: string; title_zh?: string } | undefined, otherwise = ''): string {
  return (isChinese() ? thing?.title_zh : thing?.title) ?? otherwise;
}

export function nameOf(thing: { name_zh?: string; name_en?: string } | undefined, otherwise = ''): string {
  return (isChinese() ? thing?.name_zh : thing?.name_en) || otherwise;
}
