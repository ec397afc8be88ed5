import { Button, Card, Empty, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRows } from '../../api/hooks';
import type { Permit } from '../../api/rows';
import { printAmount, today } from '../../lib/print';
import { csv, save } from '../../lib/save';
import { DrawBar, isMeasured } from '../../parts/draw_bar';
import { PartyName, SubstanceName } from '../../parts/names';
import { Show } from '../../parts/states';

const inForce = ['issued', 'partly_used'];

/** Why a paper cannot be used today; null when it can. */
function fault(permit: Permit): string | null {
  if (!inForce.includes(permit.state)) return permit.state;
  if (permit.valid_to < today()) return 'expired';
  return permit.valid_from > today() ? 'not-yet' : null;
}

/** One look at the roadside: green or red, and why. */
function Verdict({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const why = fault(permit);
  return (
    <article className={why ? 'verdict bad' : 'verdict good'}>
      <h2>{t(why ? 'check.bad' : 'check.good')}</h2>
      <p>
        <Link href={`/permit/${permit.no}`}>{permit.no}</Link> · {permit.kind_zh ?? permit.kind}
      </p>
      {why && <p>{t('check.because', { why: t(`state.${why}`, why) })}</p>}
      <p>
        <PartyName id={permit.holder} /> · {permit.valid_from} ~ {permit.valid_to}
      </p>
      <div className="verdict-amounts">
        {permit.amounts.map((each) => (
          <div key={each.substance}>
            <SubstanceName code={each.substance} /> {isMeasured(each) && <>{t('draw.left')} <b>{printAmount(each.left)}</b></>}
            <DrawBar amount={each} />
          </div>
        ))}
      </div>
    </article>
  );
}

function Results({ text }: { text: string }) {
  const { t } = useTranslation();
  const byNumber = useRows('/v1/permits', { query: { number: text } as never });
  const byHolder = useRows('/v1/permits', { query: { holder: text } as never });
  const byGoods = useRows('/v1/permits', { query: { substance: text } as never });
  const all = [...byNumber.rows, ...byHolder.rows, ...byGoods.rows];
  const found = [...new Map(all.map((each) => [each.no, each])).values()];
  const table = () => csv([['no', 'kind', 'holder', 'from', 'to', 'state'], ...found.map((each) => [each.no, each.kind, each.holder, each.valid_from, each.valid_to, each.state])]);
  return (
    <Show of={byNumber}>
      {() =>
        found.length === 0 && !byHolder.isPending && !byGoods.isPending ? (
          <Card className="verdict-none">
            <Empty description={t('check.none', { text })} />
          </Card>
        ) : (
          <div className="stack">
            {found.map((each) => (
              <Verdict key={each.no} permit={each} />
            ))}
            {found.length > 1 && <Button onClick={() => save(table(), 'permits.csv')}>CSV</Button>}
          </div>
        )
      }
    </Show>
  );
}

/** One box for permit number, unit or substance; a code on paper leads here in one scan. */
export default function Search({ text = '' }: { text?: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [typed, setTyped] = useState(text);
  return (
    <div className="narrow stack">
      <Input.Search
        size="large"
        autoFocus
        aria-label={t('check.box')}
        placeholder={t('check.box')}
        enterButton={t('check.find')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onSearch={(given) => given.trim() && go(`/check/${encodeURIComponent(given.trim().normalize('NFKC'))}`)}
      />
      {text && <Results key={text} text={text} />}
    </div>
  );
}
