import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Descriptions, Select, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendSigned, type Fate } from '../api/outbox';
import { Problem } from '../api/problem';
import { useSignedIn } from '../api/session';
import type { Receipt } from '../api/submit';
import { addSignature } from '../lib/entry';
import { readHalfSigned, type HalfSigned } from '../lib/half_signed';
import { signerOf, storedKeys, type StoredKey } from '../lib/keystore';
import { entryId } from '../lib/header';
import { printTime } from '../lib/print';
import { PartyName } from '../parts/names';
import { Held } from '../parts/outbox';
import { ReceiptCard } from '../parts/receipt';
import { Refusal, Trouble } from '../parts/states';
import { OriginalOf } from './correcting';
import { PlainWords } from './plain_words';

function Drop({ onRead }: { onRead: (half: HalfSigned) => void }) {
  const { t } = useTranslation();
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File) => {
    const read = await readHalfSigned(await file.text());
    if (typeof read === 'string') setFault(read);
    else onRead(read);
  };
  return (
    <>
      <Upload.Dragger accept=".json" showUploadList={false} beforeUpload={(file) => (void take(file), false)}>
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t('cosign.drop')}</p>
      </Upload.Dragger>
      {fault && <Alert className="gap-above" type="error" showIcon message={t(`cosign.${fault}`)} />}
    </>
  );
}

interface SignProps {
  half: HalfSigned;
  onDone: (receipt: Receipt) => void;
  onOther: () => void;
}

function Sign({ half, onDone, onOther }: SignProps) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [keys, setKeys] = useState<StoredKey[]>([]);
  const [chosen, setChosen] = useState(session.key);
  const [error, setError] = useState<unknown>(null);
  const [fate, setFate] = useState<Fate | null>(null);
  const [busy, setBusy] = useState(false);
  const { header, submission } = half;
  const signed = new Set(submission.signatures.map((each) => each.key));
  useEffect(() => void storedKeys().then(setKeys, setError), []);
  const free = keys.filter((each) => !signed.has(each.id));
  const key = free.find((each) => each.id === chosen) ?? free[0];

  async function sign() {
    setBusy(true);
    setError(null);
    setFate(null);
    try {
      const entry = { submission: { ...submission, signatures: [...submission.signatures] }, header, id: await entryId(header.suite, submission.header) };
      await addSignature(entry, signerOf(key!));
      const fate = await sendSigned({ id: entry.id, submission: entry.submission, wish: { party: header.party, type: `${header.type}/v${header.version}`, payload: half.payload } });
      if ('receipt' in fate) onDone(fate.receipt);
      else setFate(fate);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Descriptions
        size="small"
        bordered
        column={1}
        items={[
          { key: 'who', label: t('cosign.first'), children: <PartyName id={header.party} /> },
          { key: 'time', label: t('entry.time'), children: printTime(header.time) },
          { key: 'key', label: t('nav.keys'), children: <span className="hash">{[...signed].join(' ')}</span> },
        ]}
      />
      {header.type === 'entry.correct' && (
        <div className="gap-above">
          <OriginalOf payload={half.payload} />
        </div>
      )}
      <PlainWords type={header.type} payload={half.payload} />
      <div className="second">
        <label htmlFor="cosign-key">{t('cosign.with')}</label>
        <Select id="cosign-key" className="wide" value={key?.id} placeholder={t('cosign.noKey')} options={free.map((each) => ({ value: each.id, label: `${each.label} · ${each.id.slice(0, 12)}` }))} onChange={setChosen} />
      </div>
      {fate && 'waiting' in fate && <Held why={fate.waiting} />}
      {fate && 'refused' in fate && <Refusal problem={fate.refused} />}
      {error instanceof Problem ? <Refusal problem={error} /> : error !== null && <Trouble error={error} />}
      <Button type="primary" disabled={!key || (fate !== null && 'waiting' in fate)} loading={busy} onClick={() => void sign()}>
        {t('sign.ok')}
      </Button>{' '}
      <Button onClick={onOther}>{t('cosign.other')}</Button>
    </>
  );
}

/** The second of two persons signs on a device of its own what the first one signed. */
export default function Cosign() {
  const { t } = useTranslation();
  const { party } = useSignedIn();
  const [half, setHalf] = useState<HalfSigned | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  if (receipt && half) return <ReceiptCard receipt={receipt} type={half.header.type} mine={half.header.party === party} />;
  return (
    <Card title={t('cosign.title')} className="narrow">
      <p className="dim">{t('cosign.about')}</p>
      {half ? <Sign half={half} onDone={setReceipt} onOther={() => setHalf(null)} /> : <Drop onRead={setHalf} />}
    </Card>
  );
}
