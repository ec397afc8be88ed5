import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { printAmount } from '../../lib/print';
import { isMeasured } from '../../parts/draw_bar';
import { PartyName, SubstanceName } from '../../parts/names';
import { State } from '../../parts/states';
import { fault } from './fault';
import type { Found } from './found';

/** Many papers as a table; each opens as the one answer to its number. */
export default function Many({ found }: { found: Found[] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Table<Found>
        size="middle"
        rowKey={(each) => each.permit.no}
        dataSource={found}
        pagination={false}
        virtual={found.length > 60}
        scroll={found.length > 60 ? { x: 760, y: 560 } : { x: 'max-content' }}
        columns={[
          { title: t('state'), width: 110, render: (_, { permit }) => (fault(permit) ? <State of={fault(permit)!} /> : <b className="fits">{t('check.good')}</b>) },
          { title: t('permit.no'), width: 170, render: (_, { permit }) => <Link href={`/check/${permit.no}`}>{permit.no}</Link> },
          { title: t('permit.holder'), width: 220, render: (_, { permit }) => <PartyName id={permit.holder} /> },
          { title: t('permit.days'), width: 200, render: (_, { permit }) => `${permit.valid_from} ~ ${permit.valid_to}` },
          { title: t('draw.left'), width: 180, render: (_, { permit }) => permit.amounts.map((each) => <div key={each.substance}><SubstanceName code={each.substance} /> {isMeasured(each) ? printAmount(each.left) : ''}</div>) },
        ]}
      />
    </Card>
  );
}
