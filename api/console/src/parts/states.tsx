import { Alert, Button, Empty, Result, Tag, Tooltip } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Offline, Problem } from '../api/problem';
import { OtherLog } from '../api/log';
import { useSession } from '../api/session';
import { Elsewhere } from './elsewhere';
import { Waiting } from './waiting';

/** The article a thing stands on, and whether an official still has to confirm it. */
export function LawNote({ article, confidence }: { article: string; confidence?: string }) {
  const { t } = useTranslation();
  if (!article) return null;
  const sure = confidence !== 'M' && confidence !== 'L';
  return (
    <span className="law">
      {article}
      {!sure && (
        <Tooltip title={t('law.unconfirmed')}>
          <Tag className="law-tag">{t('law.toConfirm')}</Tag>
        </Tooltip>
      )}
    </span>
  );
}

/** A "no" of the server with what it says to do. */
export function Refusal({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      className="refusal"
      message={problem.text('title')}
      description={
        <>
          <p>{problem.text('detail')}</p>
          <p>
            <b>{t('refusal.do')}</b>
            {problem.text('what_to_do')}
          </p>
          {children}
          <p className="refusal-foot">
            <LawNote article={problem.article} confidence={problem.confidence} />{' '}
            <a href={`/problems/${problem.rule}`} target="_blank" rel="noreferrer">
              {problem.rule}
            </a>
            {problem.retryAfter !== null && <span> · {t('refusal.wait', { seconds: problem.retryAfter })}</span>}
          </p>
        </>
      }
    />
  );
}

/** Whatever went wrong while reading: each has its own words. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const { lapse } = useSession();
  const over = error instanceof Problem && error.status === 401;
  useEffect(() => {
    if (over) lapse();
  }, [over, lapse]);
  if (over) return <Result status="warning" title={t('session.over')} />;
  if (error instanceof OtherLog) return <Result status="error" title={t('log.other')} subTitle={t('log.otherHint')} />;
  if (error instanceof Problem && (error.status === 403 || error.status === 404))
    return <Elsewhere title={t('state.notYours')} why={error.text('detail')} />;
  if (error instanceof Problem) return <Refusal problem={error} />;
  const title = error instanceof Offline ? t('error.offline') : t('error.unknown');
  return <Result status="warning" title={title} extra={retry && <Button onClick={retry}>{t('retry')}</Button>} />;
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  data?: unknown;
  refetch: () => unknown;
}

/** What was read stays on the screen while it only cannot be read anew. */
function isPassing(error: unknown): boolean {
  return !(error instanceof Problem) || error.status === 429 || error.status >= 500;
}

/** Loading, trouble, or the thing itself. */
export function Show({ of, children }: { of: Asked; children: () => ReactNode }) {
  if (of.isPending) return <Waiting />;
  if (of.isError && (of.data === undefined || !isPassing(of.error))) return <Trouble error={of.error} retry={() => void of.refetch()} />;
  return <>{children()}</>;
}

export function Nothing({ text }: { text: string }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
}

const tones: Record<string, string> = {
  open: 'volcano', explained: 'gold', closed: 'green', issued: 'green', partly_used: 'cyan', active: 'green', frozen: 'red', overdue: 'red', used_up: 'default', expired: 'default', revoked: 'red', suspended: 'orange',
  lost: 'red', verified: 'green', registered: 'gold', accepted: 'green', counted: 'cyan', carried: 'blue', dispatched: 'geekblue', refused: 'red',
  critical: 'red', high: 'volcano', medium: 'gold', low: 'default', granted: 'green', delivered: 'green', confirmed: 'cyan', recorded: 'geekblue',
  disputed: 'red', cancelled: 'default', returned: 'default', green: 'green', red: 'red',
};

export function State({ of }: { of: string }) {
  const { t } = useTranslation();
  return <Tag color={tones[of] ?? 'default'}>{t(`state.${of}`, of)}</Tag>;
}
