import { Alert, Button, Collapse, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftEntry, keepForLater, sendEntry, signEntry, type Receipt, type Wish } from '../api/submit';
import { clockSkew } from '../api/client';
import { Offline, Problem } from '../api/problem';
import { useSignedIn } from '../api/session';
import type { Prepared } from '../lib/entry';
import { writeHalfSigned } from '../lib/half_signed';
import { storedKeys, type StoredKey } from '../lib/keystore';
import { save } from '../lib/save';
import { PartyName } from '../parts/names';
import { Trouble } from '../parts/states';
import { PlainWords } from './plain_words';
import { putInTray } from './tray';

interface Props {
  wish: Wish;
  /** The step may need a second person. */
  second: boolean;
  /** Another party that has to sign too, where it is known: without its signature nothing is sent. */
  other?: string | null;
  onDone: (receipt: Receipt) => void;
  onRefused: (problem: Problem) => void;
  onKept: () => void;
  /** Not signed now: it waits with others. */
  onLater: () => void;
  onCancel: () => void;
}

function SecondSigner({ keys, chosen, onChoose }: { keys: StoredKey[]; chosen: string | null; onChoose: (id: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <div className="second">
      <label htmlFor="second-key">{t('sign.second')}</label>
      <Select
        id="second-key"
        className="wide"
        allowClear
        value={chosen}
        placeholder={t('sign.secondNone')}
        options={keys.map((each) => ({ value: each.id, label: `${each.label} · ${each.id.slice(0, 12)}` }))}
        onChange={(id) => onChoose(id ?? null)}
      />
    </div>
  );
}

/** Shows in plain words what will be signed, signs it here, and sends it. */
export function SignDialog({ wish, second, other = null, onDone, onRefused, onKept, onLater, onCancel }: Props) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [keys, setKeys] = useState<StoredKey[] | null>(null);
  const [entry, setEntry] = useState<Prepared | null>(null);
  const [secondKey, setSecondKey] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [handed, setHanded] = useState(false);
  const author = keys?.find((each) => each.id === session.key);

  useEffect(() => {
    storedKeys().then(setKeys, setError);
  }, []);
  useEffect(() => {
    if (author) draftEntry(wish, author).then(setEntry, setError);
  }, [author?.id]);

  async function sign() {
    if (!entry || !author) return;
    setBusy(true);
    entry.submission.signatures.length = 0;
    try {
      await signEntry(entry, [author, ...keys!.filter((each) => each.id === secondKey)]);
      onDone(await sendEntry(entry.submission));
    } catch (problem) {
      if (problem instanceof Offline) {
        await keepForLater(entry, wish);
        onKept();
      } else if (problem instanceof Problem && problem.status < 500 && problem.status !== 401 && problem.status !== 429) onRefused(problem);
      else setError(problem);
    } finally {
      setBusy(false);
    }
  }

  /** The second person signs on another device: what is signed so far goes there as a file. */
  async function handOver() {
    if (!entry || !author) return;
    entry.submission.signatures.length = 0;
    await signEntry(entry, [author]);
    save(writeHalfSigned(entry.submission), `${wish.type.split('/')[0]}-${entry.id.slice(0, 8)}.cosign.json`);
    setHanded(true);
  }

  function later() {
    putInTray(wish);
    onLater();
  }

  const skewed = Math.abs(clockSkew()) > 120_000;
  return (
    <Modal
      open
      width={640}
      title={t('sign.title')}
      okText={t('sign.ok')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !entry || !author || (other !== null && !secondKey), loading: busy }}
      onOk={sign}
      onCancel={onCancel}
    >
      {error !== null && <Trouble error={error} retry={() => setError(null)} />}
      {keys && !author && <Alert type="error" showIcon message={t('sign.noKey')} />}
      {skewed && <Alert type="warning" showIcon message={t('sign.clock')} />}
      <PlainWords type={wish.type.split('/')[0]!} payload={wish.payload} />
      {other && <Alert type="info" showIcon className="gap-above" message={<>{t('correct.other')} <PartyName id={other} /></>} description={t('sign.otherHint')} />}
      {second && keys && <SecondSigner keys={keys.filter((each) => each.id !== session.key)} chosen={secondKey} onChoose={setSecondKey} />}
      {handed && <Alert type="success" showIcon className="gap-below" message={t('cosign.saved')} description={t('cosign.savedHint')} />}
      <p className="sign-ways">
        {second ? (
          <Button type={other && !secondKey ? 'primary' : 'default'} disabled={!entry || !author} onClick={() => void handOver()}>
            {t('cosign.hand')}
          </Button>
        ) : (
          <Button onClick={later}>{t('tray.put')}</Button>
        )}
      </p>
      {entry && (
        <Collapse
          size="small"
          items={[{ key: 'header', label: t('sign.bytes'), children: <pre className="bytes" tabIndex={0}>{entry.submission.header}</pre> }]}
        />
      )}
    </Modal>
  );
}
