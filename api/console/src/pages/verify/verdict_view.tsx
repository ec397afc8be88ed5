import { useTranslation } from 'react-i18next';
import type { EntryFacts, Verdict } from '../../lib/bundle';

function Banner({ verdict, name }: { verdict: Verdict; name: string }) {
  const { t } = useTranslation();
  const good = verdict.defects.length === 0;
  return (
    <div className={good ? 'v-banner good' : 'v-banner bad'} role={good ? 'status' : 'alert'}>
      <strong>{t(good ? 'verify.good' : 'verify.bad', { count: verdict.defects.length })}</strong>
      <span>
        {name} · {t(`verify.format.${verdict.format}`)} · {verdict.ledger}
      </span>
    </div>
  );
}

function Defects({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  if (verdict.defects.length === 0) return null;
  return (
    <section>
      <h2>{t('verify.defects')}</h2>
      <ul className="v-defects">
        {verdict.defects.map((defect, n) => (
          <li key={n}>
            <code>{defect.place.replace('entry ', '#')}</code> {t(`defect.${defect.kind}`)} <small>{defect.kind}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: EntryFacts }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        <code>#{entry.index}</code> <b>{t(`step.${entry.type.split('/')[0]}`, entry.type)}</b> <span>{entry.party}</span>{' '}
        <time>{entry.rtime}</time> <span>{t('verify.signers', { count: entry.signers })}</span>
      </summary>
      <dl>
        <dt>{t('verify.signedAt')}</dt>
        <dd>{entry.time}</dd>
        <dt>{t('verify.payload')}</dt>
        <dd>
          <pre tabIndex={0}>{entry.payload ? JSON.stringify(entry.payload, null, 2) : t('verify.leftOut')}</pre>
        </dd>
        <dt>{t('verify.outcome')}</dt>
        <dd>
          <pre tabIndex={0}>{entry.outcome ? JSON.stringify(entry.outcome, null, 2) : t('verify.leftOut')}</pre>
        </dd>
      </dl>
    </details>
  );
}

export function VerdictView({ verdict, name }: { verdict: Verdict; name: string }) {
  const { t } = useTranslation();
  return (
    <div className="v-verdict">
      <Banner verdict={verdict} name={name} />
      <Defects verdict={verdict} />
      <section>
        <h2>{t('verify.checked')}</h2>
        <ul className="v-facts">
          <li>{t('verify.entries', { count: verdict.entries.length })}</li>
          <li>{t('verify.signatures', { count: verdict.signatures, keys: verdict.keys })}</li>
          {verdict.checkpoint && <li>{t('verify.checkpoint', { size: verdict.checkpoint.size })}</li>}
        </ul>
        {verdict.checkpoint && <p className="v-hash">{verdict.checkpoint.root}</p>}
        <p className="v-hash">{verdict.logKey}</p>
      </section>
      {verdict.entries.length > 0 && (
        <section className="v-entries">
          <h2>{t('verify.contents')}</h2>
          {verdict.entries.map((entry) => (
            <Entry key={entry.index} entry={entry} />
          ))}
        </section>
      )}
      {verdict.enrolments.length > 0 && (
        <section className="v-entries">
          <h2>{t('verify.enrolments')}</h2>
          {verdict.enrolments.map((entry) => (
            <Entry key={entry.index} entry={entry} />
          ))}
        </section>
      )}
      <section>
        <h2>{t('verify.limits')}</h2>
        <ul>
          {verdict.limits.map((limit) => (
            <li key={limit}>{t(`limit.${limit}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
