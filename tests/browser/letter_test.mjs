// A unit is verified by mail: the agency draws a code, the unit copies it from the letter, and the agency verifies it.
import { assert, browse, isWell, stop, tell } from './lib.mjs';
import { formOf, makeCity, seat } from './city.mjs';

const { server, site, keys } = await makeCity();
const browser = await browse();
const police = await seat(browser, site, keys.police);
const unit = await seat(browser, site, keys.unit);
const go = (who, to) => who.page.goto(`${site}/#/${to}`);
let code;

await tell([
  ['nothing is signed before a code is drawn', async () => {
    await go(police, 'record/party.challenge');
    const form = formOf(police.page);
    await form.type('letter', 'HS-1');
    await form.type('party', 'P-1');
    assert(await police.page.getByRole('button', { name: '核对并签署' }).isDisabled(), 'a letter without a code could be signed');
  }],
  ['the code is shown, and goes with another unit or letter', async () => {
    await police.page.getByRole('button', { name: '抽取验证码' }).click();
    code = (await police.page.locator('.ant-alert h3').innerText()).trim();
    assert(/^([0-9A-Z]{4}-){4}[0-9A-Z]$/.test(code), `no code: ${code}`);
    await isWell(police, 'letter-code');
    await formOf(police.page).type('letter', 'HS-2');
    assert((await police.page.getByText(code).count()) === 0, 'the code of one letter stands at another');
    await police.page.getByRole('button', { name: '抽取验证码' }).click();
    code = (await police.page.locator('.ant-alert h3').innerText()).trim();
    await formOf(police.page).send();
    assert(!JSON.stringify(await police.page.evaluate(() => ({ ...localStorage }))).includes(code), 'the page kept the code');
  }],
  ['a misread code is noticed before it is sent', async () => {
    await go(unit, 'record/party.answer');
    const form = formOf(unit.page);
    await form.type('letter', 'HS-2');
    await form.type('code', code.slice(0, -1) + (code.endsWith('0') ? '1' : '0'));
    await form.toSign();
    await unit.page.getByText('请对照核实函逐字核对').waitFor();
  }],
  ['the unit copies the code as people type, and the agency verifies it by the letter', async () => {
    const form = formOf(unit.page);
    await form.type('code', code.toLowerCase().replaceAll('-', ' '));
    await form.send();
    await go(police, 'record/party.verify');
    const verify = formOf(police.page);
    await verify.type('party', 'P-1');
    await verify.choose('method', '地址验证码');
    await verify.type('letter', 'HS-2');
    await verify.send();
  }],
  ['nothing was tried that a page must not, and the server ends in peace', async () => {
    for (const { wrongs } of [police, unit]) assert(wrongs.length === 0, wrongs.join('\n'));
    await stop(server);
  }],
]);
