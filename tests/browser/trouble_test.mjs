// What people do to a page: two tabs at once, and the way back.
import { assert, browse, stop, tell } from './lib.mjs';
import { formOf, makeVerifiedCity, open, seat } from './city.mjs';

const city = await makeVerifiedCity();
const { site, keys, reader, submit, file, addPerson, tokenOf } = city;
const { server } = city;
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
  ['nothing was tried that a page must not', () => assert(wrongs.filter((each) => !/ERR_|status of 5/.test(each)).length === 0, wrongs.join('\n'))],
  ['the server ends in peace', () => stop(server)],
]);
