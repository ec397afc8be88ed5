import { today } from '../lib/print';

const yearsBack = 3;

/** This year and those before, each whole, by quarter and by month. */
export function periods(): { value: string; label: string }[] {
  const [year, month] = today().split('-').map(Number) as [number, number];
  const all = Array.from({ length: yearsBack }, (_, n) => year - n).flatMap((each) => [
    `${each}`,
    ...[4, 3, 2, 1].filter((quarter) => each < year || quarter * 3 - 2 <= month).map((quarter) => `${each}-Q${quarter}`),
    ...Array.from({ length: each < year ? 12 : month }, (_, n) => `${each}-${String((each < year ? 12 : month) - n).padStart(2, '0')}`),
  ]);
  return all.map((value) => ({ value, label: value }));
}
