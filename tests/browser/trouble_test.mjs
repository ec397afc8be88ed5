// What people do to a page: two tabs at once, and the way back.
import { assert, stop, tell } from './lib.mjs';
import { formOf, open } from './city.mjs';
import { makeTroubledDesk, until } from './troubled_desk.mjs';

const PATIENCE = 15_000;
const { site, server, file, tokenOf, desk, typeSite } = await makeTroubledDesk();
const { page, context, wrongs } = desk;
const form = formOf(page);

async function streams() {
  const answer = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${tokenOf('regulator')}` } });
  return Number(/^tallystick_http_streams (\d+)$/m.exec(await answer.text())[1]);
}

await tell([
  ['two tabs of a browser share one stream, and both are kept up to date', async () => {
    await open(page, site, 'permits');
    const second = await context.newPage();
    await second.goto(`${site}/#/permits`);
    await second.getByText('GPB-1').first().waitFor();
    await until('one stream', async () => (await streams()) === 1, PATIENCE);
    file('GPB-2', 0);
    await page.getByText('GPB-2').first().waitFor();
    await second.getByText('GPB-2').first().waitFor();
    assert((await streams()) === 1, 'each tab has a stream of its own');
    await page.goto('about:blank');
    await until('the other tab takes over', async () => (await streams()) === 1, PATIENCE);
    file('GPB-3', 0);
    await second.getByText('GPB-3').first().waitFor();
    await second.close();
  }],
  ['the way back leads to the form as it was left', async () => {
    await typeSite(page, 'C-2', '二号"库"');
    await page.goto(`${site}/#/permits`);
    await page.getByText('GPB-1').first().waitFor();
    await page.goBack();
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await form.field('name').inputValue()) === '二号"库"', 'what was typed is lost');
  }],
  ['nothing was tried that a page must not', () => assert(wrongs.filter((each) => !/ERR_|status of 5/.test(each)).length === 0, wrongs.join('\n'))],
  ['the server ends in peace', () => stop(server)],
]);
