// An inspector of the safety bureau at the roadside, with a telephone: is this paper good, and what is left on it?
import { assert, browse, isWell, openPage, stop, tell } from './lib.mjs';
import { makeVerifiedCity, signIn } from './city.mjs';

const { server, site, keys, file } = await makeVerifiedCity();
file('GPB-2026-1', 0);
file('GPB-2026-2', 3);

const browser = await browse();
const { page, wrongs } = await openPage(browser, site, { viewport: { width: 390, height: 844 } });

async function fits(name) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await isWell({ page, wrongs }, name);
  assert(wider <= 0, `the page is ${wider} pixels wider than the telephone`);
}

await tell([
  ['the inspector signs in and says that it is an inspection', async () => {
    await signIn(page, site, keys.safety);
    await page.getByLabel('检查', { exact: true }).check();
    await page.getByRole('button', { name: '开始查看' }).click();
    await page.getByRole('searchbox').waitFor();
    for (const name of ['查询', '许可证', '登记']) {
      const seen = await page.getByRole('link', { name, exact: true }).evaluate((link) => {
        const { left, right, top, bottom } = link.getBoundingClientRect();
        return [left + 2, right - 2].every((x) => document.elementFromPoint(x, (top + bottom) / 2) === link);
      });
      assert(seen, `the way to ${name} is out of sight`);
    }
    await fits('bureau');
  }],
  ['a code on the paper opens it in one scan: green', async () => {
    await page.goto(`${site}/#/check/${encodeURIComponent('GPB-2026-1')}`);
    await page.locator('.verdict.good').waitFor();
    await page.getByText('本证不载数量').waitFor();
    assert((await page.getByText('剩余').count()) === 0, 'a paper without an amount says how much is left');
    await fits('bureau-good');
  }],
  ['a number typed in full-width digits is found too; its time has not come: red, and why', async () => {
    await page.getByRole('searchbox').fill(' ＧＰＢ－２０２６－２ ');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('.verdict.bad').waitFor();
    await page.locator('.verdict').getByText('GPB-2026-2').waitFor();
    await fits('bureau-bad');
  }],
  ['a number that nobody issued is a clear answer', async () => {
    await page.goto(`${site}/#/check/nobody-issued-this`);
    await page.locator('.verdict-none').waitFor();
    await fits('bureau-none');
  }],
  ['one name finds all papers of a unit', async () => {
    await page.goto(`${site}/#/check/P-1`);
    await page.locator('.verdict').nth(1).waitFor();
    await fits('bureau-unit');
  }],
  ['the server ends in peace', () => stop(server)],
]);
