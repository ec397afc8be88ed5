import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="waiting">
      <Spin /> <span role="status">{t('loading')}</span>
    </div>
  );
}
