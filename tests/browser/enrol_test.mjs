// A unit makes its key in the browser, registers itself with it, and signs in by a challenge.
import { browse, isWell, makeHome, openPage, picture, serve, stop, tell } from './lib.mjs';
import { enter } from './city.mjs';

const home = makeHome();
const server = await serve('serve', '--data', home.data, '--port', '0', '--quiet');
const browser = await browse();
const { page, wrongs } = await openPage(browser, server.url.replace('127.0.0.1', 'localhost'));
const site = server.url.replace('127.0.0.1', 'localhost');

await tell([
  ['a key is made and never leaves the browser', async () => {
    await page.goto(`${site}/#/keys`);
    await page.getByRole('button', { name: '生成密钥' }).click();
    await page.getByRole('button', { name: '登记信息' }).click();
  }],
  ['the unit registers itself, and the receipt is verified in the page', async () => {
    await page.getByRole('button', { name: '注册单位' }).click();
    await page.getByLabel('单位编号').fill('P-1');
    await page.getByLabel('名称').fill('甲"公司');
    await page.getByLabel('统一社会信用代码').fill('91360302MA770HY85A');
    await page.getByLabel('行政区划代码').fill('360302');
    await page.getByLabel('地址').fill('一号路');
    await page.getByRole('button', { name: '核对并签署' }).click();
    await page.getByRole('button', { name: '签署并提交' }).click();
    await page.getByText('回执已在本页验证').waitFor();
    await picture(page, 'registered');
  }],
  ['it signs in with the same key and sees its duties', async () => {
    await enter(page, site);
    await page.getByText('今日待办').waitFor();
    await isWell({ page, wrongs }, 'desk');
  }],
  ['the server ends in peace', () => stop(server)],
]);
