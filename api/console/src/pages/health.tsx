import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Result, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../parts/waiting';

async function probe(path: string): Promise<boolean> {
  return (await fetch(path)).ok;
}

function Sign({ good }: { good: boolean }) {
  const { t } = useTranslation();
  return <Tag color={good ? 'green' : 'red'}>{t(good ? 'health.good' : 'health.bad')}</Tag>;
}

/** For the person who runs the machine: does it live, and can it take entries? */
export default function Health() {
  const { t } = useTranslation();
  const live = useQuery({ queryKey: ['healthz'], queryFn: () => probe('/healthz'), refetchInterval: 5000 });
  const ready = useQuery({ queryKey: ['readyz'], queryFn: () => probe('/readyz'), refetchInterval: 5000 });
  if (live.isPending || ready.isPending) return <Waiting />;
  if (live.isError) return <Result status="warning" title={t('error.offline')} />;
  return (
    <Card title={t('nav.health')} className="narrow">
      <Descriptions column={1} bordered size="small">
        <Descriptions.Item label={t('health.live')}>
          <Sign good={live.data} />
        </Descriptions.Item>
        <Descriptions.Item label={t('health.ready')}>
          <Sign good={ready.data ?? false} />
        </Descriptions.Item>
      </Descriptions>
    </Card>
  );
}
