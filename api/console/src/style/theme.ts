import type { ThemeConfig } from 'antd';

/** Lake green of old bronze, gold for what waits, vermilion of a seal for what is wrong. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0f5c6e',
    colorInfo: '#0f5c6e',
    colorLink: '#0b5a6b',
    colorInfoBg: '#e9f2f4',
    colorInfoBorder: '#b9d2d8',
    colorErrorBg: '#fdf0ef',
    colorErrorBorder: '#eab8b4',
    colorSuccessBg: '#e9f5ee',
    colorSuccessBorder: '#b4d8c2',
    colorWarningBg: '#fdf5e6',
    colorWarningBorder: '#ecd3a4',
    colorSuccess: '#1f7a4d',
    colorWarning: '#a86400',
    colorError: '#b3261e',
    colorTextSecondary: 'rgba(20, 36, 44, 0.72)',
    colorTextTertiary: 'rgba(20, 36, 44, 0.64)',
    colorTextDescription: 'rgba(20, 36, 44, 0.66)',
    colorTextPlaceholder: 'rgba(20, 36, 44, 0.68)',
    colorBgLayout: '#f2f5f5',
    borderRadius: 6,
    fontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif",
    fontFamilyCode: "ui-monospace, 'Cascadia Mono', Menlo, 'Noto Sans Mono CJK SC', monospace",
  },
  components: {
    Layout: { headerBg: '#0b3b47', headerColor: '#f4efe4', headerHeight: 56, headerPadding: '0 20px' },
    Table: { headerBg: '#eaf0f0' },
  },
};
