// What goes wrong at a desk: no network, a server that comes and goes, a limit, a wrong clock, a lost key, two tabs, the way back.
import { assert, browse, isWell, openPage, serve, stop, tell } from './lib.mjs';
import { enter, formOf, makeVerifiedCity, open, seat, signIn } from './city.mjs';

const city = await makeVerifiedCity();
const { site, keys, reader, submit, file, addPerson, tokenOf } = city;
let { server } = city;
file('GPB-1', 0);
addPerson('P-1', keys.unit, 'R-8', 'information-officer');
const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
unit('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });

const browser = await browse();
const desk = await seat(browser, site, keys['R-8']);
const { page, context, wrongs } = desk;
const form = formOf(page);

async function typeSite(id, name) {
  await page.goto(`${site}/#/record/site.add`);
  await form.type('site', id);
  await form.type('name', name);
  await form.choose('kind', '仓库');
  await form.type('region', '360302');
  await form.type('address', '二号路');
}

async function streams() {
  const answer = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${tokenOf('regulator')}` } });
  return Number(/^tallystick_http_streams (\d+)$/m.exec(await answer.text())[1]);
}

async function until(what, isSo, patience = 15_000) {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) if (await isSo()) return;
  throw new Error(`waited in vain: ${what}`);
}

await tell([
  ['two tabs of a browser share one stream, and both are kept up to date', async () => {
    await open(page, site, 'permits');
    const second = await context.newPage();
    await second.goto(`${site}/#/permits`);
    await second.getByText('GPB-1').first().waitFor();
    await until('one stream', async () => (await streams()) === 1);
    file('GPB-2', 0);
    await page.getByText('GPB-2').first().waitFor();
    await second.getByText('GPB-2').first().waitFor();
    assert((await streams()) === 1, 'each tab has a stream of its own');
    await page.goto('about:blank');
    await until('the other tab takes over', async () => (await streams()) === 1);
    file('GPB-3', 0);
    await second.getByText('GPB-3').first().waitFor();
    await second.close();
  }],
  ['the way back leads to the form as it was left', async () => {
    await typeSite('C-2', '二号"库"');
    await page.goto(`${site}/#/permits`);
    await page.getByText('GPB-1').first().waitFor();
    await page.goBack();
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '二号"库"', 'what was typed is lost');
  }],
  ['without a network the signed entry is kept, the page says that it hears nothing, and both end when it is back', async () => {
    await form.toSign();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').waitFor();
    await context.setOffline(true);
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').click();
    await page.locator('.ant-alert-warning').first().waitFor();
    await isWell(desk, 'trouble-offline');
    await context.setOffline(false);
    await until('the entry is sent', async () => (await fetch(`${server.url}/v1/sites/C-2`, { headers: { Authorization: `Bearer ${tokenOf('auditor')}` } })).status === 200, 25_000);
  }],
  ['a limit says how long to wait, and what was to be signed stays', async () => {
    await typeSite('C-3', '三号库');
    await form.toSign();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').waitFor();
    const body = { type: '/problems/too-many-requests', rule: 'too-many-requests', status: 429, title: 'Too many requests', title_zh: '请求过于频繁', detail_zh: '已达上限', what_to_do_zh: '请稍候' };
    const limited = (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '7', 'Content-Type': 'application/problem+json' }, body: JSON.stringify(body) });
    await page.route('**/v1/entries', limited);
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').click();
    await page.getByRole('dialog').getByText('请求过于频繁').waitFor();
    assert(/7\s*秒/.test(await page.getByRole('dialog').innerText()), 'it does not say how long to wait');
    await page.unroute('**/v1/entries', limited);
    await form.sign();
  }],
  ['a server that starts anew ends the session, not what was typed; afterwards the page hears of changes again', async () => {
    await typeSite('C-4', '四号库');
    const { port } = new URL(server.url);
    await stop(server);
    server = await serve('serve', '--data', city.home.data, '--port', port, '--quiet');
    await page.getByText('请先登录').waitFor();
    await enter(page, site);
    await page.getByText('今日待办').waitFor();
    await page.goto(`${site}/#/record/site.add`);
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '四号库', 'what was typed is lost');
    await open(page, site, 'permits');
    file('GPB-4', 0);
    await page.getByText('GPB-4').first().waitFor();
  }],
  ['a clock that is an hour off is told, and the entry is signed with the time of the registry', async () => {
    const late = await openPage(browser, site);
    await late.page.addInitScript(() => {
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given) {
          super(...(given.length ? given : [Real.now() - 3_600_000]));
        }
        static now() {
          return Real.now() - 3_600_000;
        }
      };
    });
    await signIn(late.page, site, keys.unit);
    await late.page.getByText('今日待办').waitFor();
    const its = formOf(late.page);
    await late.page.goto(`${site}/#/record/site.add`);
    await its.type('site', 'C-5');
    await its.type('name', '五号库');
    await its.choose('kind', '仓库');
    await its.type('region', '360302');
    await its.type('address', '三号路');
    await its.toSign();
    await late.page.getByRole('dialog').locator('.ant-alert-warning').waitFor();
    await its.sign();
    await late.context.close();
  }],
  ['a key that is revoked ends the session at once, and signing in says why not', async () => {
    const { key } = await page.evaluate(async () => (await fetch('/v1/session')).json());
    unit('key.revoke', { key, reason: 'lost' });
    await page.getByText('请先登录').waitFor();
    await page.goto(`${site}/#/keys`);
    await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.refusal').waitFor();
    await isWell(desk, 'trouble-revoked');
  }],
  ['nothing was tried that a page must not', () => assert(wrongs.filter((each) => !/ERR_|status of 5/.test(each)).length === 0, wrongs.join('\n'))],
  ['the server ends in peace', () => stop(server)],
]);
