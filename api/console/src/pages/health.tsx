import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Result, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client';
import { newestCheckpoint } from '../api/log';
import { printTime } from '../lib/print';
import { Waiting } from '../parts/waiting';

const every = 5_000;

async function probe(path: string): Promise<boolean> {
  const answer = await fetch(path);
  await answer.text();
  return answer.ok;
}

interface Status {
  version: string;
  size: number;
  rtime: string;
  waiting: number;
  quarantine: string | null;
  stopped: string | null;
}

function Sign({ good }: { good: boolean }) {
  const { t } = useTranslation();
  return <Tag color={good ? 'green' : 'red'}>{t(good ? 'health.good' : 'health.bad')}</Tag>;
}

/** For the person who runs the machine: does it live, can it take entries, and how is the log? Asked again by itself. */
export default function Health() {
  const { t } = useTranslation();
  const live = useQuery({ queryKey: ['healthz'], queryFn: () => probe('/healthz'), refetchInterval: every });
  const ready = useQuery({ queryKey: ['readyz'], queryFn: () => probe('/readyz'), refetchInterval: every });
  const log = useQuery({ queryKey: ['checkpoint', 'health'], queryFn: newestCheckpoint, refetchInterval: every, retry: false });
  const status = useQuery({ queryKey: ['status'], queryFn: () => send('GET', '/v1/status') as Promise<Status>, refetchInterval: every, retry: false });
  if (live.isPending || ready.isPending) return <Waiting />;
  if (live.isError) return <Result status="warning" title={t('error.offline')} />;
  const doubt = status.data?.quarantine ?? status.data?.stopped;
  const more = status.data
    ? [
        { key: 'version', label: t('health.version'), children: status.data.version },
        { key: 'waiting', label: t('health.waiting'), children: <span className="figure">{status.data.waiting}</span> },
        { key: 'rtime', label: t('health.newest'), children: printTime(status.data.rtime) },
      ]
    : [];
  return (
    <Card title={t('nav.health')} className="narrow">
      {doubt && <Alert type="error" showIcon className="gap-below" message={t('health.doubt')} description={doubt} />}
      <Descriptions
        column={1}
        bordered
        size="small"
        items={[
          { key: 'live', label: t('health.live'), children: <Sign good={live.data} /> },
          { key: 'ready', label: t('health.ready'), children: <Sign good={ready.data ?? false} /> },
          ...(log.data ? [{ key: 'size', label: t('log'), children: <><span className="figure">{t('logSize', { size: log.data.size })}</span><p className="hash">{log.data.root}</p></> }] : []),
          ...more,
        ]}
      />
      {!status.data && <p className="dim gap-above">{t('health.more')}</p>}
    </Card>
  );
}
