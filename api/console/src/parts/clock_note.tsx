import { Alert } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../lib/clock';

const worthAWord = 120_000;
const minute = 60_000;

/** Says that this machine's clock is wrong, by how much, and that the registry's is used instead. */
export function ClockNote({ banner = false }: { banner?: boolean }) {
  const { t } = useTranslation();
  const skew = useSyncExternalStore(
    (told) => clock.whenItChanges(told),
    () => clock.skew(),
  );
  if (Math.abs(skew) <= worthAWord) return null;
  const minutes = Math.round(Math.abs(skew) / minute);
  const amount = t('clock.amount', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return <Alert banner={banner} type="warning" showIcon className="clock-note no-print" message={t(skew > 0 ? 'clock.behind' : 'clock.ahead', { amount })} />;
}
