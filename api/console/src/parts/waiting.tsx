import { Alert, Spin } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

function watchNetwork(told: () => void): () => void {
  addEventListener('online', told);
  addEventListener('offline', told);
  return () => (removeEventListener('online', told), removeEventListener('offline', told));
}

export function Waiting() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  if (!online) return <Alert className="narrow" type="warning" showIcon role="status" message={t('error.offline')} />;
  return (
    <div className="waiting">
      <Spin /> <span role="status">{t('loading')}</span>
    </div>
  );
}
