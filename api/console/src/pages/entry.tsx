import { Alert, Button, Card, Collapse, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useRead } from '../api/hooks';
import { useSignedIn } from '../api/session';
import type { Json } from '../lib/canonical';
import { correctable } from '../lib/correction';
import { printTime } from '../lib/print';
import { PlainWords } from '../forms/plain_words';
import { CorrectionView } from '../parts/correction';
import { PartyName } from '../parts/names';
import { EntryFiles, entryLink, Qr } from '../parts/receipt';
import { Signer } from '../parts/signer';
import { Show } from '../parts/states';

/** Who signed, and with which key: what is printed can be compared with the bytes that were signed. */
function SignedBy({ id }: { id: string }) {
  return (
    <div className="signed-by">
      <Signer id={id} />
      <p className="hash">{id}</p>
    </div>
  );
}

/** One entry as it was signed, what it did, and what corrected it. */
export default function EntryPage({ index }: { index: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { party } = useSignedIn();
  const entry = useRead('/v1/entries/{index}', { path: { index } });
  return (
    <Show of={entry}>
      {() => {
        const it = entry.data!;
        const type = it.type.split('/')[0]!;
        const { corrected } = it;
        const wasCorrected = corrected?.original.index === it.index;
        return (
          <Card title={`#${it.index} ${t(`step.${type}`, type)}`} className="narrow print-whole">
            <div className="receipt-head">
              <div className="wide">
                <Descriptions
                  column={1}
                  size="small"
                  bordered
                  items={[
                    { key: 'party', label: t('entry.party'), children: <PartyName id={it.party} /> },
                    { key: 'time', label: t('entry.time'), children: printTime(it.rtime) },
                    { key: 'signers', label: t('entry.signers'), children: it.signers.map((each) => <SignedBy key={each} id={each} />) },
                    { key: 'id', label: t('entry.id'), children: <p className="hash">{it.entry_id}</p> },
                  ]}
                />
              </div>
              <Qr text={entryLink(it.index)} label={t('receipt.qr')} />
            </div>
            {wasCorrected && <Alert type="warning" showIcon className="gap-above" message={t('entry.corrected', { index: corrected.correction.index })} />}
            {corrected && <CorrectionView pair={corrected} />}
            {it.hidden_until_counted && <Alert type="info" showIcon className="gap-above" message={t('goods.blindTitle')} description={t('goods.blindHint')} />}
            {it.payload && <PlainWords type={type} payload={it.payload as { [key: string]: Json }} asked={t('entry.signed')} />}
            <Collapse
              size="small"
              className="gap-above no-print"
              items={[
                { key: 'outcome', label: t('verify.outcome'), children: <pre className="bytes" tabIndex={0}>{JSON.stringify(it.outcome, null, 2)}</pre> },
                { key: 'header', label: t('sign.bytes'), children: <pre className="bytes" tabIndex={0}>{it.header}</pre> },
              ]}
            />
            <div className="gap-above">
              <EntryFiles index={it.index} />{' '}
              {it.party === party && !corrected && correctable.includes(type) && (
                <Button className="no-print" onClick={() => go(`/record/entry.correct/entry=${it.index}`)}>
                  {t('step.entry.correct')}
                </Button>
              )}
            </div>
          </Card>
        );
      }}
    </Show>
  );
}
