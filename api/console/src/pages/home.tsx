import { useQuery } from '@tanstack/react-query';
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { newestCheckpoint } from '../api/log';
import { deskOf, useSession } from '../api/session';
import { lazily } from '../parts/lazily';

const Obligations = lazily(() => import('../desks/obligations').then((it) => ({ default: it.Obligations })));
const Search = lazily(() => import('../desks/bureau/search'));

function LogState() {
  const { t } = useTranslation();
  const log = useQuery({ queryKey: ['checkpoint'], queryFn: newestCheckpoint });
  if (log.isPending) return <Card loading />;
  if (log.isError) return <Card>{t('error.offline')}</Card>;
  return (
    <Card title={t('log')}>
      <Typography.Title level={3} className="figure">
        {t('logSize', { size: log.data.size })}
      </Typography.Title>
      <p className="hash">{log.data.ledger}</p>
      <p className="hash">{log.data.root}</p>
    </Card>
  );
}

export function Home() {
  const { t } = useTranslation();
  const { session } = useSession();
  if (session) return deskOf(session) === 'bureau' ? <Search /> : <Obligations />;
  return (
    <div className="home">
      <section className="hero">
        <h1>{t('hero.title')}</h1>
        <p>{t('hero.text')}</p>
      </section>
      <LogState />
    </div>
  );
}
