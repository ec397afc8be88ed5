import { Button, Table, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Nothing, Trouble } from './states';

interface Source<Row> {
  rows: Row[];
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface Props<Row> {
  of: Source<Row>;
  columns: TableColumnsType<Row>;
  rowKey: keyof Row | ((row: Row) => string);
  empty: string;
  onRow?: (row: Row) => void;
  height?: number;
}

/** A list of any length: only what is in sight is drawn, and the next page comes when its end comes near. */
export function List<Row extends object>({ of, columns, rowKey, empty, onRow, height = 560 }: Props<Row>) {
  const { t } = useTranslation();
  const width = columns.reduce((sum, each) => sum + (typeof each.width === 'number' ? each.width : 140), 0);
  const printing = usePrinting();
  if (of.isError && of.rows.length === 0) return <Trouble error={of.error} retry={() => void of.refetch()} />;
  const long = of.rows.length > 60 && !printing;
  return (
    <>
      <Table<Row>
        size="middle"
        columns={columns}
        dataSource={of.rows}
        rowKey={rowKey as keyof Row}
        loading={of.isPending}
        pagination={false}
        virtual={long}
        scroll={long ? { x: width, y: height } : { x: 'max-content' }}
        locale={{ emptyText: of.isPending ? ' ' : <Nothing text={empty} /> }}
        onRow={onRow && ((row) => rowActions(() => onRow(row)))}
        onScroll={(event) => {
          const box = event.currentTarget as HTMLElement;
          const near = box.scrollHeight - box.scrollTop - box.clientHeight < 600;
          if (near && of.hasNextPage && !of.isFetchingNextPage) of.fetchNextPage();
        }}
      />
      {of.hasNextPage && (
        <div className="more no-print">
          <Button loading={of.isFetchingNextPage} onClick={() => of.fetchNextPage()}>
            {t('list.more', { count: of.rows.length })}
          </Button>
        </div>
      )}
    </>
  );
}

/** True while the page is printed: paper shows every row that has come, not only those in sight. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => (removeEventListener('beforeprint', begin), removeEventListener('afterprint', end));
  }, []);
  return printing;
}

/** A row that opens by mouse and by keyboard. */
function rowActions(open: () => void) {
  return {
    className: 'opens',
    tabIndex: 0,
    onClick: open,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter') open();
    },
  };
}
