import { Alert, Button, Collapse, Modal, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signAndSend, type Hindrance } from '../api/outbox';
import type { Typed } from '../api/outbox_store';
import { Problem } from '../api/problem';
import { useSignedIn } from '../api/session';
import { draftEntry, signEntry, type Receipt, type Wish } from '../api/submit';
import { putInTray } from '../api/tray_store';
import type { Prepared } from '../lib/entry';
import { writeHalfSigned } from '../lib/half_signed';
import { storedKeys, type StoredKey } from '../lib/keystore';
import { hex, random } from '../lib/bytes';
import { save } from '../lib/save';
import { ClockNote } from '../parts/clock_note';
import { PartyName } from '../parts/names';
import { Trouble } from '../parts/states';
import { useCountdown } from '../parts/countdown';
import { PlainWords } from './plain_words';

interface Props {
  wish: Wish;
  /** Where what was typed is kept, should the entry come back. */
  typed?: Typed;
  /** The step may need a second person. */
  second: boolean;
  /** Another party that has to sign too, where it is known: without its signature nothing is sent. */
  other?: string | null;
  onDone: (receipt: Receipt) => void;
  onRefused: (problem: Problem) => void;
  /** Signed, and sent by itself when that is possible. */
  onKept: (waiting: { id: string; why: Hindrance }) => void;
  /** Its place in the chain was taken meanwhile, from another device: nothing was stored. */
  onHandedBack: () => void;
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

/** The same entry whenever it is signed: one nonce for as long as the dialog is open. */
function useWish(given: Wish): Wish {
  return useMemo(() => ({ ...given, payload: { nonce: hex(random(16)), ...given.payload } }), []);
}

/** Shows in plain words what will be signed, signs it here, and sends it. */
export function SignDialog({ wish: given, typed, second, other = null, onDone, onRefused, onKept, onHandedBack, onLater, onCancel }: Props) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const wish = useWish(given);
  const [keys, setKeys] = useState<StoredKey[] | null>(null);
  const [entry, setEntry] = useState<Prepared | null>(null);
  const [secondKey, setSecondKey] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [handed, setHanded] = useState(false);
  const wait = useCountdown(error instanceof Problem ? error : null);
  const author = keys?.find((each) => each.id === session.key);

  useEffect(() => {
    storedKeys().then(setKeys, setError);
  }, []);
  useEffect(() => {
    if (author) draftEntry(wish, author).then(setEntry, setError);
  }, [author?.id]);

  async function sign() {
    if (!author || busy) return;
    setBusy(true);
    setError(null);
    try {
      const others = keys!.filter((each) => each.id === secondKey);
      const [sent] = await signAndSend({ wishes: [wish], author, others, typed });
      if ('receipt' in sent!.fate) onDone(sent!.fate.receipt);
      else if ('waiting' in sent!.fate) onKept({ id: sent!.id, why: sent!.fate.waiting });
      else if ('refused' in sent!.fate) onRefused(sent!.fate.refused);
      else onHandedBack();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  /** The second person signs on another device: what is signed so far goes there as a file. */
  async function handOver() {
    if (!author) return;
    const now = await draftEntry(wish, author);
    await signEntry(now, [author]);
    save(writeHalfSigned(now.submission), `${wish.type.split('/')[0]}-${now.id.slice(0, 8)}.cosign.json`);
    setHanded(true);
  }

  function later() {
    putInTray(given);
    onLater();
  }

  return (
    <Modal
      open
      width={640}
      title={t('sign.title')}
      okText={wait > 0 ? t('sign.wait', { seconds: wait }) : t('sign.ok')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !author || wait > 0 || (other !== null && !secondKey), loading: busy }}
      onOk={sign}
      onCancel={onCancel}
    >
      {error !== null && <Trouble error={error} retry={() => setError(null)} />}
      {keys && !author && <Alert type="error" showIcon message={t('sign.noKey')} />}
      <ClockNote />
      <PlainWords type={wish.type.split('/')[0]!} payload={wish.payload} />
      {other && <Alert type="info" showIcon className="gap-above" message={<>{t('correct.other')} <PartyName id={other} /></>} description={t('sign.otherHint')} />}
      {second && keys && <SecondSigner keys={keys.filter((each) => each.id !== session.key)} chosen={secondKey} onChoose={setSecondKey} />}
      {handed && <Alert type="success" showIcon className="gap-below" message={t('cosign.saved')} description={t('cosign.savedHint')} />}
      <p className="sign-ways">
        {second ? (
          <Button type={other && !secondKey ? 'primary' : 'default'} disabled={!author} onClick={() => void handOver()}>
            {t('cosign.hand')}
          </Button>
        ) : (
          <Button onClick={later}>{t('tray.put')}</Button>
        )}
      </p>
      {/* Here from the first moment: what comes later must not move the button from under a hand. */}
      <Collapse size="small" items={[{ key: 'header', label: t('sign.bytes'), children: <pre className="bytes" tabIndex={0}>{entry?.submission.header ?? '…'}</pre> }]} />
    </Modal>
  );
}
