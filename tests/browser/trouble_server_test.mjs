// The server asks to wait, ends the session, is started anew, or knows the key no more.
import { assert, isWell, serve, stop, tell } from './lib.mjs';
import { enter, formOf, open } from './city.mjs';
import { makeTroubledDesk, until } from './troubled_desk.mjs';

const city = await makeTroubledDesk();
const { site, desk, sites, stored, typeSite, signButton, unit, file, isInnocent } = city;
let { server } = city;
const { page } = desk;
const form = formOf(page);
const before = (await stored('site.add')).length;

/** What the server says of a key that has used up its minute. */
const limited = (route) =>
  route.fulfill({
    status: 429,
    headers: { 'Retry-After': '4', 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ rule: 'too-many-requests', status: 429, title: 'Too many requests', title_zh: '请求过于频繁', detail_zh: '已达上限', what_to_do_zh: '请稍候' }),
  });

await tell([
  ['the session ends while a form is filled in: after signing in the page is there again with all that was typed, and it is sent', async () => {
    await typeSite(page, 'C-2', '二号库');
    await page.evaluate(() => fetch('/v1/session', { method: 'DELETE' }));
    await page.getByText('请先登录').waitFor();
    await isWell(desk, 'trouble-signed-out');
    await page.locator('.content').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '二号库', 'what was typed is lost');
    await form.send();
    assert((await sites()).includes('C-2'), 'it is not stored');
  }],
  ['the session ends while the dialog is open: nothing is lost either', async () => {
    await typeSite(page, 'C-3', '三号库');
    await form.toSign();
    await signButton(page).waitFor();
    await page.evaluate(() => fetch('/v1/session', { method: 'DELETE' }));
    await page.getByText('请先登录').waitFor();
    await page.locator('.content').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
    await form.send();
    assert((await sites()).filter((each) => each === 'C-3').length === 1, 'it is not stored once');
  }],
  ['a limit says in plain words how long to wait, and what is signed goes by itself after that, not before', async () => {
    await typeSite(page, 'C-4', '四号库');
    await form.toSign();
    await page.route('**/v1/entries', limited, { times: 1 });
    const asked = [];
    page.on('request', (request) => request.url().endsWith('/v1/entries') && request.method() === 'POST' && asked.push(Date.now()));
    await signButton(page).press('Enter');
    await page.getByText(/服务器请稍候，4 秒后再发送/).first().waitFor();
    await isWell(desk, 'trouble-limit');
    await page.getByText('回执已在本页验证').waitFor();
    assert(asked.length === 2 && asked[1] - asked[0] >= 4_000, `asked again after ${asked[1] - asked[0]} ms`);
    assert((await sites()).includes('C-4'), 'it is not stored');
  }],
  ['a limit on reading is told in the dialog, whose button counts down and then works', async () => {
    await typeSite(page, 'C-5', '五号库');
    await page.route('**/v1/chains/*', limited, { times: 2 });
    await form.toSign();
    await page.getByRole('dialog').getByText('请求过于频繁').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: /秒后可再提交/ }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '签署并提交' }).waitFor();
    await page.unrouteAll();
    await form.sign();
  }],
  ['a server that starts anew ends the session, not what was typed; then the open page hears of changes again', async () => {
    await typeSite(page, 'C-6', '六号库');
    const { port } = new URL(server.url);
    await stop(server);
    server = await serve('serve', '--data', city.home.data, '--port', port, '--quiet');
    await page.getByText('请先登录').waitFor();
    await page.locator('.content').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '六号库', 'what was typed is lost');
    await form.send();
    await open(page, site, 'permits');
    file('GPB-2', 0);
    await page.getByText('GPB-2').first().waitFor();
  }],
  ['a server that is gone while an entry is signed gets it once somebody has signed in again, and once only', async () => {
    await typeSite(page, 'C-7', '七号库');
    await form.toSign();
    await signButton(page).waitFor();
    const { port } = new URL(server.url);
    await stop(server);
    await signButton(page).press('Enter');
    await page.getByText('已签署，等待发送').waitFor();
    server = await serve('serve', '--data', city.home.data, '--port', port, '--quiet');
    await page.getByText('登录后发送').first().waitFor();
    await enter(page, site);
    await until('it is stored', async () => (await sites()).includes('C-7'));
    await until('nothing waits', async () => (await page.getByText('等待发送').count()) === 0);
    assert((await sites()).filter((each) => each === 'C-7').length === 1, 'it is not stored once');
  }],
  ['a key that is revoked while a form is filled in ends the session, and signing in says why not and what to do', async () => {
    await typeSite(page, 'C-8', '八号"库"');
    const { key } = await page.evaluate(async () => (await fetch('/v1/session')).json());
    unit('key.revoke', { key, reason: 'lost' });
    await page.getByText('请先登录').waitFor();
    await page.locator('.content').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
    await page.locator('.refusal').waitFor();
    const said = await page.locator('.refusal').innerText();
    assert(/注销/.test(said) && /怎么办/.test(said), said);
    desk.wrongs.splice(0, desk.wrongs.length, ...desk.wrongs.filter((each) => !each.includes('ERR_CONNECTION')));
    await isWell(desk, 'trouble-revoked');
  }],
  ['with another key of the same unit, what was typed is still there', async () => {
    await page.locator('input[type=file]').setInputFiles(city.keys.second.file);
    await page.locator('.key').filter({ hasText: 'second.pem' }).getByRole('button', { name: /登\s*录/ }).click();
    await page.goto(`${site}/#/record/site.add`);
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '八号"库"', 'what was typed is lost');
  }],
  ['every entry of the desk is stored once', async () => assert((await stored('site.add')).length === before + 6, 'another number of entries')],
  ['nothing was tried that a page must not', () => isInnocent(desk)],
  ['the server ends in peace', () => stop(server)],
]);
