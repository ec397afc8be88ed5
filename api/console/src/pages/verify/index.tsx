import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logKey } from '../../api/log';
import { Waiting } from '../../parts/waiting';
import { Verify } from './verify';

/** The same page as the offline one, with the key that this browser has known the log by. */
export default function VerifyHere({ text }: { text?: string }) {
  const { t } = useTranslation();
  const key = useQuery({ queryKey: ['log-key'], queryFn: logKey, staleTime: Infinity });
  if (key.isPending) return <Waiting />;
  return (
    <>
      <Verify knownKey={key.data?.vkey ?? ''} given={text} />
      <p className="v-page">
        <a href="/verify-offline.html" download="tallystick-verify.html">
          {t('verify.save')}
        </a>
      </p>
    </>
  );
}
