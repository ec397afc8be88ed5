import { useTranslation } from 'react-i18next';
import type { Consignment } from '../api/rows';
import { printTime } from '../lib/print';
import { PartyName, SubstanceName } from '../parts/names';
import { Qr } from '../parts/receipt';

/**
 * The sheet that goes with the goods, on paper only. It carries no amounts: the receiver counts before it is told, and
 * must not read them off the paper.
 */
export function Waybill({ goods }: { goods: Consignment }) {
  const { t } = useTranslation();
  const party = (id: string) => (id ? <PartyName id={id} known={goods.names[id]} /> : '–');
  const facts: [string, React.ReactNode][] = [
    [t('goods.sender'), party(goods.sender)],
    [t('field.receiver'), party(goods.receiver)],
    [t('field.carrier'), party(goods.carrier)],
    [t('field.vehicle'), goods.vehicle || '–'],
    [t('field.seals'), <bdi key="seals">{goods.seals || '–'}</bdi>],
    [t('field.permit'), goods.permit || '–'],
    [t('field.sale'), goods.sale || '–'],
    [t('goods.sent'), printTime(goods.dispatched_at)],
  ];
  return (
    <section className="print-only waybill">
      <header>
        <div>
          <h1>{t('waybill.title')}</h1>
          <p>{goods.id}</p>
        </div>
        <Qr text={`${location.origin}/#/goods/${goods.id}`} label={t('goods.qr')} />
      </header>
      <table className="paper">
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th>{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="paper">
        <thead>
          <tr>
            {['field.lot', 'field.substance', 'waybill.packages', 'waybill.counted'].map((each) => (
              <th key={each}>{t(each)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {goods.lines.map((line) => (
            <tr key={line.n}>
              <td>{line.lot}</td>
              <td>
                <SubstanceName code={line.substance} />
              </td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('waybill.blind')}</p>
      <div className="hands">
        {['goods.sender', 'field.carrier', 'field.receiver'].map((each) => (
          <div key={each}>{t('waybill.hand', { who: t(each) })}</div>
        ))}
      </div>
    </section>
  );
}
