import { useTranslation } from 'react-i18next';
import type { PermitAmount } from '../api/rows';
import { printAmount } from '../lib/print';

/** Shares in thousandths, so that the bar is exact enough to draw and nothing is ever a float of a quantity. */
function share(part: number, whole: number): number {
  return whole ? Number((BigInt(part) * 1000n) / BigInt(whole)) / 10 : 0;
}

/** Licences and filings name goods without an amount: nothing is drawn from them, and nothing is left or lacking. */
export function isMeasured(amount: PermitAmount): boolean {
  return amount.granted.amount !== 0;
}

/** Used, held on the road, and left, as one bar; words where the paper has no amount. */
export function DrawBar({ amount }: { amount: PermitAmount }) {
  const { t } = useTranslation();
  if (!isMeasured(amount)) return <small className="dim">{t('draw.unmeasured')}</small>;
  const whole = amount.granted.amount;
  // Goods on the way to the one who asks: what is held is what was sent, and stays unsaid until they are counted.
  if (!amount.left) return <small className="dim">{t('draw.blind')}</small>;
  const parts = [
    ['used', amount.used],
    ['held', amount.held],
    ['left', amount.left],
    ['lapsed', amount.lapsed],
  ] as const;
  const label = parts.map(([name, each]) => `${t(`draw.${name}`)} ${printAmount(each)}`).join('，');
  let at = 0;
  return (
    <figure className="draw" role="img" aria-label={label}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none">
        {parts.map(([name, each]) => {
          const width = share(each!.amount, whole);
          const x = at;
          at += width;
          return <rect key={name} className={`draw-${name}`} x={x} width={width} height={6} />;
        })}
      </svg>
      <figcaption>
        {parts.map(([name, each]) => (
          <span key={name} className={`draw-key draw-key-${name}`}>
            {t(`draw.${name}`)} {printAmount(each)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
