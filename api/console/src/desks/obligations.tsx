import { Button, Card, Progress, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useRows } from '../api/hooks';
import { clock } from '../lib/clock';
import type { Obligation } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printTime, titleOf } from '../lib/print';
import { PartyName } from '../parts/names';
import { LawNote, Nothing, Show } from '../parts/states';
import { Subject } from '../parts/subject';

const hour = 3_600_000;

/** The step that ends an obligation, and the field that its subject goes into. */
const steps: Record<string, [step: string, field: string]> = {
  receive: ['transfer.count', 'consignment'],
  accept: ['transfer.accept', 'consignment'],
  carry: ['transfer.carry', 'consignment'],
  'confirm-sale': ['sale.confirm', 'sale'],
  'write-off': ['permit.close', 'permit'],
  'confirm-write-off': ['permit.close', 'permit'],
  'verify-party': ['party.verify', 'party'],
  'answer-letter': ['party.answer', ''],
  'decide-permit': ['permit.issue', 'application'],
  'count-demand': ['stock.count', 'site'],
  'explain-finding': ['finding.explain', 'finding'],
};

export function stepFor(obligation: Obligation): string | null {
  const known = steps[obligation.kind];
  if (!known) return null;
  if (!known[1]) return `/record/${known[0]}`;
  const id = obligation.subject.slice(obligation.subject.indexOf(':') + 1);
  return `/record/${known[0]}/${known[1]}=${encodeURIComponent(id)}`;
}

/** "3 days 4 hours left", or how late. */
export function Countdown({ due, overdue }: { due: string; overdue: boolean }) {
  const { t } = useTranslation();
  const left = Math.abs(Date.parse(due) - clock.now().getTime());
  const [days, hours] = [Math.floor(left / (24 * hour)), Math.floor((left % (24 * hour)) / hour)];
  const text = days > 0 ? t('due.days', { days, hours }) : t('due.hours', { hours });
  return <b className={overdue ? 'late' : days < 2 ? 'soon' : 'calm'}>{t(overdue ? 'due.late' : 'due.left', { text })}</b>;
}

function One({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { party } = useSignedIn();
  const step = stepFor(obligation);
  return (
    <li className={obligation.overdue ? 'duty overdue' : 'duty'}>
      <div className="duty-main">
        <h3>
          {titleOf(obligation, obligation.kind)} <Subject of={obligation.subject} />
          {obligation.stage === 'grave' && <Tag color="red">{t('due.grave')}</Tag>}
        </h3>
        <p className="dim">
          {obligation.party && obligation.party !== party && (
            <>
              <PartyName id={obligation.party} /> ·{' '}
            </>
          )}
          <LawNote article={obligation.article} confidence={obligation.confidence} />
        </p>
      </div>
      <div className="duty-side">
        <Countdown due={obligation.due} overdue={obligation.overdue} />
        <span className="dim">{t('due.by', { time: printTime(obligation.due) })}</span>
      </div>
      {step && (
        <Button type={obligation.overdue ? 'primary' : 'default'} onClick={() => go(step)}>
          {t('due.do')}
        </Button>
      )}
    </li>
  );
}

type Scope = 'mine' | 'all';

export function Obligations() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [scope, setScope] = useState<Scope>('mine');
  const agency = session.agency !== null;
  const query = agency && scope === 'all' ? {} : { party: session.party };
  const list = useRows('/v1/obligations', { query });
  const open = list.rows.filter((each) => each.closed === null);
  const late = open.filter((each) => each.overdue).length;
  return (
    <Card
      title={t('duties.title')}
      extra={
        agency && (
          <Segmented<Scope> value={scope} onChange={setScope} options={[{ value: 'mine', label: t('duties.mine') }, { value: 'all', label: t('duties.all') }]} />
        )
      }
    >
      <Show of={list}>
        {() =>
          open.length === 0 ? (
            <Nothing text={t('duties.none')} />
          ) : (
            <>
              <div className="duty-sum">
                <Progress percent={Math.round(((open.length - late) * 100) / open.length)} size="small" status={late ? 'exception' : 'success'} showInfo={false} aria-label={t('duties.sum', { open: open.length, late })} />
                <span>{t('duties.sum', { open: open.length, late })}</span>
              </div>
              <ul className="duties">
                {open.map((each) => (
                  <One key={each.id} obligation={each} />
                ))}
              </ul>
            </>
          )
        }
      </Show>
    </Card>
  );
}
