import { Alert, Button, Card, Checkbox, Collapse, Progress, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { whenOutboxMoves } from '../api/outbox';
import { queries } from '../api/queries';
import { sessionKey, useSignedIn } from '../api/session';
import { takeFromTray, trayOf, type Unsigned } from '../api/tray_store';
import { printTime } from '../lib/print';
import { Held } from '../parts/outbox';
import { Nothing, Refusal, Trouble } from '../parts/states';
import { PlainWords } from './plain_words';
import { signTray, type Sent } from './tray';

/** What waits to be signed together; changes of this page and of other tabs show at once. */
export function useTray(party: string): Unsigned[] {
  const [rows, setRows] = useState(() => trayOf(party));
  useEffect(() => {
    const look = () => setRows(trayOf(party));
    look();
    for (const event of ['tallystick-tray', 'storage']) addEventListener(event, look);
    return () => ['tallystick-tray', 'storage'].forEach((event) => removeEventListener(event, look));
  }, [party]);
  return rows;
}

function nameOfStep(unsigned: Unsigned): string {
  return `step.${unsigned.wish.type.split('/')[0]}`;
}

function Outcome({ sent }: { sent: Sent }) {
  const { t } = useTranslation();
  return (
    <>
      {sent.done.length > 0 && (
        <Alert
          type="success"
          showIcon
          className="gap-below"
          message={t('tray.done', { count: sent.done.length })}
          description={sent.done.map(({ unsigned, receipt }) => (
            <p key={unsigned.id} className="tray-done">
              <Link href={`/entry/${receipt.index}`}>#{receipt.index}</Link> {t(nameOfStep(unsigned))}
            </p>
          ))}
        />
      )}
      {sent.waiting && <Held why={sent.waiting.why} count={sent.waiting.count} />}
      {sent.refused && (
        <div className="gap-below">
          <b>{t('tray.stopped', { step: t(nameOfStep(sent.refused.unsigned)) })}</b>
          {sent.refused.problem ? <Refusal problem={sent.refused.problem} /> : <p>{t('outbox.handedBack')}</p>}
        </div>
      )}
    </>
  );
}

/** Approves several entries at once: one look at each, one signature over all. */
export default function TrayPage() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const rows = useTray(session.party);
  const [off, setOff] = useState<string[]>([]);
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [step, setStep] = useState<number | null>(null);
  const [all, setAll] = useState(0);
  const chosen = rows.filter((each) => !off.includes(each.id));

  async function sign() {
    setSent(null);
    setError(null);
    setStep(0);
    setAll(chosen.length);
    const stopCounting = whenOutboxMoves(({ fate }) => 'receipt' in fate && setStep((before) => (before ?? 0) + 1));
    try {
      const key = await sessionKey(session);
      if (!key) throw new Error('no key');
      setSent(await signTray(chosen, key));
      void queries.invalidateQueries();
    } catch (problem) {
      setError(problem);
    } finally {
      stopCounting();
      setStep(null);
    }
  }

  return (
    <Card title={t('tray.title')} className="narrow">
      {sent && <Outcome sent={sent} />}
      {error !== null && <Trouble error={error} />}
      {step !== null && <Progress percent={Math.round((step * 100) / all)} aria-label={t('tray.title')} />}
      {rows.length === 0 ? (
        <Nothing text={t('tray.none')} />
      ) : (
        <>
          <Collapse
            className="gap-below"
            items={rows.map((each) => ({
              key: each.id,
              collapsible: 'icon' as const,
              label: (
                <Checkbox checked={!off.includes(each.id)} onChange={(event) => setOff(event.target.checked ? off.filter((id) => id !== each.id) : [...off, each.id])}>
                  {t(nameOfStep(each))} <span className="dim">{printTime(each.since)}</span>
                </Checkbox>
              ),
              children: <PlainWords type={each.wish.type.split('/')[0]!} payload={each.wish.payload} />,
            }))}
          />
          <Space>
            <Button type="primary" size="large" disabled={chosen.length === 0} loading={step !== null} onClick={() => void sign()}>
              {t('tray.sign', { count: chosen.length })}
            </Button>
            <Button disabled={chosen.length === 0 || step !== null} onClick={() => takeFromTray(session.party, chosen.map((each) => each.id))}>
              {t('tray.drop')}
            </Button>
          </Space>
        </>
      )}
    </Card>
  );
}
