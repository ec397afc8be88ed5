import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../../api/hooks';
import type { Finding, Localisation } from '../../api/rows';
import { printAmount, printTime, titleOf } from '../../lib/print';
import { PartyName } from '../../parts/names';

type Measurement = Localisation['measurements'][number];

/** An entry that measured the goods, with its time and who signed it. */
function Signed({ by }: { by: Measurement | undefined }) {
  const { t } = useTranslation();
  if (!by) return <>–</>;
  return (
    <>
      <Link href={`/entry/${by.index}`}>#{by.index}</Link> {t(`step.${by.type}`, by.type)} · {printTime(by.time)}
      <br />
      <PartyName id={by.party} /> · {by.keys.map((each) => each.officer || each.key.slice(0, 12)).join('、')} · {printAmount(by.amount)}
    </>
  );
}

function Seals({ of }: { of: Localisation }) {
  const { t } = useTranslation();
  if (of.seals.length === 0) return <>–</>;
  return (
    <ul className="plain-list">
      {of.seals.map((each) => (
        <li key={each.index}>
          <Link href={`/entry/${each.index}`}>#{each.index}</Link> <PartyName id={each.party} /> <bdi>{each.seals}</bdi>{' '}
          {each.state && <b className={each.state === 'broken' || each.state === 'no' ? 'gap' : ''}>{t(`seal.${each.state}`, each.state)}</b>}
        </li>
      ))}
    </ul>
  );
}

/** The interval of custody in which something went missing: its two ends, its people, vehicle, seals and bounds. */
export function CustodyFacts({ of }: { of: Localisation }) {
  const { t } = useTranslation();
  const at = (n: number | null) => (n === null ? undefined : of.measurements[n]);
  const custodians = of.custodians.map((each) => (
    <span key={each.party + each.role} className={each.liable ? 'gap' : ''}>
      <PartyName id={each.party} /> ({t(`role.${each.role}`, each.role)}){' '}
    </span>
  ));
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'from', label: t('custody.from'), children: <Signed by={at(of.last_agreeing)} /> },
        { key: 'to', label: t('custody.to'), children: <Signed by={at(of.first_disagreeing)} /> },
        { key: 'bounds', label: t('finding.missing'), children: <b className="gap">{printAmount(of.lo)} ~ {printAmount(of.hi)}</b> },
        { key: 'who', label: t('finding.custodian'), children: custodians },
        { key: 'vehicle', label: t('field.vehicle'), children: of.vehicle || '–' },
        { key: 'permits', label: t('field.permit'), children: of.permits.length ? of.permits.map((no) => <Link key={no} href={`/permit/${no}`}>{no}{' '}</Link>) : '–' },
        { key: 'seals', label: t('field.seals'), span: 'filled', children: <Seals of={of} /> },
      ]}
    />
  );
}

/** One loss of a lot, beside its trace. */
export function Custody({ finding }: { finding: Finding }) {
  const found = useRead('/v1/findings/{finding}/localisation', { path: { finding: finding.id } });
  if (!found.data) return null;
  return (
    <section className="custody">
      <h3>
        {titleOf(finding, finding.kind)} <Link href={`/finding/${finding.id}`}>{finding.id}</Link>
      </h3>
      <CustodyFacts of={found.data} />
    </section>
  );
}
