import { Card, DatePicker, Select, Space, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useRows, useSubstances } from '../../api/hooks';
import type { MassBalance } from '../../api/rows';
import { nameOf, printAmount, today } from '../../lib/print';
import { lazily } from '../../parts/lazily';
import { List } from '../../parts/list';
import { SubstanceName } from '../../parts/names';
import { SaveTable } from '../../parts/save_table';

/** The charts come with the first picture, not with the first page. */
const Sankey = lazily(() => import('./balance_sankey'));

interface Wish {
  substance?: string;
  region?: string;
  period?: [string, string];
}

function Wishes({ wish, onChange }: { wish: Wish; onChange: (wish: Wish) => void }) {
  const { t } = useTranslation();
  const substances = [...useSubstances().values()];
  const coverage = useRead('/v1/coverage');
  const has = (input: string, option?: { label?: unknown }) => String(option?.label).toLowerCase().includes(input.toLowerCase());
  const now = dayjs(today());
  const presets = [
    { label: t('period.month'), value: [now.startOf('month'), now] as [dayjs.Dayjs, dayjs.Dayjs] },
    { label: t('period.last'), value: [now.subtract(1, 'month').startOf('month'), now.subtract(1, 'month').endOf('month')] as [dayjs.Dayjs, dayjs.Dayjs] },
    { label: t('period.year'), value: [now.startOf('year'), now] as [dayjs.Dayjs, dayjs.Dayjs] },
  ];
  return (
    <Space wrap className="no-print">
      <Select
        allowClear className="picker" placeholder={t('balance.allGoods')} aria-label={t('field.substance')} value={wish.substance}
        showSearch={{ filterOption: has }}
        options={substances.map((each) => ({ value: each.code, label: `${nameOf(each, each.code)} ${each.code}` }))}
        onChange={(substance) => onChange({ ...wish, substance })}
      />
      <Select
        allowClear className="picker" placeholder={t('balance.allRegions')} aria-label={t('field.region')} value={wish.region}
        options={(coverage.data?.regions ?? []).map((each) => ({ value: each.region, label: `${each.name} ${each.region}` }))}
        onChange={(region) => onChange({ ...wish, region })}
      />
      <DatePicker.RangePicker
        allowClear presets={presets} aria-label={t('balance.period')} placeholder={[t('balance.from'), t('balance.to')]}
        value={wish.period ? [dayjs(wish.period[0]), dayjs(wish.period[1])] : null}
        onChange={(days) => onChange({ ...wish, period: days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : undefined })}
      />
    </Space>
  );
}

const shown = ['opening', 'in', 'out', 'closing', 'unaccounted', 'missing_on_road'] as const;

function useColumns(): TableColumnsType<MassBalance> {
  const { t } = useTranslation();
  return [
    { title: t('field.substance'), width: 240, render: (_, row) => <SubstanceName code={row.substance} /> },
    { title: t('balance.who'), dataIndex: 'who', width: 90 },
    ...shown.map((name) => ({
      title: t(`balance.${name}`),
      width: 120,
      align: 'right' as const,
      render: (_: unknown, row: MassBalance) => {
        const isGap = row[name].amount !== 0 && (name === 'unaccounted' || name === 'missing_on_road');
        return <span className={isGap ? 'gap figure' : 'figure'}>{printAmount(row[name])}</span>;
      },
    })),
  ];
}

/** Opening + in = out + closing, for each substance and region; what does not add up stands by itself. */
export function Balances() {
  const { t } = useTranslation();
  const substances = useSubstances();
  const [wish, setWish] = useState<Wish>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const query = {
    scope: 'region',
    ...(wish.substance ? { substance: wish.substance } : {}),
    ...(wish.region ? { region: wish.region } : {}),
    ...(wish.period ? { from: wish.period[0], to: wish.period[1] } : {}),
  };
  const list = useRows('/v1/mass-balance', { query: query as never });
  const keyOf = (row: MassBalance) => `${row.who} ${row.substance}`;
  const line = list.rows.find((row) => keyOf(row) === chosen) ?? list.rows.find((row) => row.unaccounted.amount !== 0) ?? list.rows[0];
  const columns = useColumns();
  const table = () => {
    const causes = Object.keys(list.rows[0]?.columns ?? {});
    const words = (name: string) => t(`balance.${name}`, name);
    return [
      [t('field.substance'), t('balance.substanceName'), t('balance.who'), ...shown.map(words), ...causes.map(words)],
      ...list.rows.map((row) => [row.substance, nameOf(substances.get(row.substance)), row.who, ...shown.map((name) => row[name].text), ...causes.map((name) => row.columns[name]!.text)]),
    ];
  };
  return (
    <div className="stack">
      <Card title={t('nav.balance')} extra={<SaveTable rows={table} name="mass-balance" />}>
        <div className="gap-below">
          <Wishes wish={wish} onChange={setWish} />
        </div>
        <List of={list} columns={columns} rowKey={keyOf} empty={t('balance.none')} onRow={(row) => setChosen(keyOf(row))} />
      </Card>
      {line && (
        <Card title={t('balance.flow', { substance: nameOf(substances.get(line.substance), line.substance), who: line.who })}>
          <Sankey line={line} title={line.who} />
        </Card>
      )}
    </div>
  );
}
