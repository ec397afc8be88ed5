// The network goes away while a form is filled in, while it is signed, and just after it was stored.
import { assert, isWell, stop, tell } from './lib.mjs';
import { formOf, open } from './city.mjs';
import { makeTroubledDesk, until } from './troubled_desk.mjs';

const { server, site, desk, stored, sites, typeSite, signButton, isInnocent } = await makeTroubledDesk();
const { page, context } = desk;
const form = formOf(page);
const waiting = (count) => page.getByText(`${count} 条已签署的登记等待发送`).first().waitFor();
const before = (await stored('site.add')).length;

await tell([
  ['the network goes while the dialog is open: what is signed waits, is sent by itself, and its receipt appears', async () => {
    await typeSite(page, 'C-2', '二号"库"');
    await form.toSign();
    await signButton(page).waitFor();
    await context.setOffline(true);
    await signButton(page).press('Enter');
    await page.getByText('已签署，等待发送').waitFor();
    await waiting(1);
    desk.wrongs.length = 0;
    await isWell(desk, 'trouble-offline');
    await context.setOffline(false);
    await page.getByText('回执已在本页验证').waitFor();
    assert((await sites()).filter((each) => each === 'C-2').length === 1, 'it is not stored once');
  }],
  ['without a network two forms can be filled in and signed; they go in the order of their signing, each once', async () => {
    await typeSite(page, 'C-3', '三号库');
    await context.setOffline(true);
    await form.toSign();
    await signButton(page).press('Enter');
    await waiting(1);
    await page.getByRole('button', { name: '再登记一笔' }).click();
    await form.field('site').waitFor();
    await form.type('site', 'C-4');
    await form.type('name', '四号库');
    await form.choose('kind', '仓库');
    await form.type('region', '360302');
    await form.type('address', '二号路');
    await form.toSign();
    await signButton(page).press('Enter');
    await waiting(2);
    await context.setOffline(false);
    await page.getByText('回执已在本页验证').waitFor();
    await until('nothing waits', async () => (await page.getByText('等待发送').count()) === 0);
    const there = await sites();
    for (const id of ['C-3', 'C-4']) assert(there.filter((each) => each === id).length === 1, `${id} is not stored once`);
    const rows = await stored('site.add');
    const [third, fourth] = ['C-3', 'C-4'].map((id) => rows[there.indexOf(id)]);
    assert(fourth.chain === third.chain && fourth.cseq === third.cseq + 1, `the chain has them at ${third.cseq} and ${fourth.cseq}`);
  }],
  ['the answer is lost after the entry was stored: it is sent again and is not stored twice', async () => {
    await typeSite(page, 'C-5', '五号库');
    await form.toSign();
    const lose = async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    };
    await page.route('**/v1/entries', lose, { times: 1 });
    const again = page.waitForResponse((answer) => answer.url().endsWith('/v1/entries') && answer.status() === 200);
    again.catch(() => null);
    await signButton(page).press('Enter');
    await waiting(1);
    assert((await (await again).json()).known === true, 'the registry did not know it');
    await page.getByText('回执已在本页验证').waitFor();
    assert((await sites()).filter((each) => each === 'C-5').length === 1, 'it is not stored once');
  }],
  ['a page that is closed while it sends has kept what was signed: the next one sends it', async () => {
    await typeSite(page, 'C-6', '六号库');
    await form.toSign();
    let asked = false;
    await page.route('**/v1/entries', () => (asked = true));
    await signButton(page).press('Enter');
    await until('it is on its way', () => asked);
    await page.goto('about:blank');
    await page.unrouteAll();
    await page.goto(`${site}/#/`);
    await until('it is stored', async () => (await sites()).includes('C-6'));
  }],
  ['a page that cannot read says so, and reads when the network is back', async () => {
    await open(page, site, 'permits');
    await context.setOffline(true);
    await page.goto(`${site}/#/reads`);
    await page.getByText('连不上服务器').waitFor();
    await context.setOffline(false);
    await until('the page has read', async () => (await page.getByText('连不上服务器').count()) === 0);
  }],
  ['every entry of the desk is stored once', async () => assert((await stored('site.add')).length === before + 5, 'another number of entries')],
  ['nothing was tried that a page must not', () => isInnocent(desk)],
  ['the server ends in peace', () => stop(server)],
]);
